package com.poolbrain.webhooks.store.session;

import com.poolbrain.webhooks.domain.session.Role;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Links that open a session once.
public final class PortalLinks {

  /// Also forgets links that nobody can be told about any more.
  private static final String INSERT =
      """
      with forgotten as (
        delete from portal_link where id in (
          select id from portal_link where expires_at < clock_timestamp() - interval '7 days'
          limit 100 for update skip locked)
      )
      insert into portal_link (id, hash, company_id, key_id, role, user_name, created_at, expires_at)
      select :id, :hash, c.id, :key, :role, :user, clock_timestamp(),
             clock_timestamp() + :lifetime * interval '1 second'
      from company c where c.id = :company and c.deleted_at is null
      returning expires_at
      """;

  private static final String USE =
      """
      update portal_link l set used_at = clock_timestamp()
      from api_key k
      where l.hash = :hash and l.company_id = :company and l.used_at is null
        and l.expires_at > clock_timestamp()
        and k.id = l.key_id and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > clock_timestamp())
      returning l.key_id, l.role, l.user_name
      """;

  private static final String FIND_USE =
      """
      select used_at is not null from portal_link where hash = :hash and company_id = :company
      """;

  private final Transactions transactions;
  private final Supplier<UUID> idGenerator;
  private final SecureRandom random;
  private final Sessions sessions;

  /// @param idGenerator generates UUIDs of version 7
  public PortalLinks(
      Transactions transactions,
      Supplier<UUID> idGenerator,
      SecureRandom random,
      Sessions sessions) {
    this.transactions = transactions;
    this.idGenerator = idGenerator;
    this.random = random;
    this.sessions = sessions;
  }

  /// A new link.
  ///
  /// @param token its secret text
  public record CreatedLink(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "CreatedLink[" + expiresAt + "]";
    }
  }

  /// What became of a link that was opened.
  public sealed interface OpenResult {
    /// It started a session.
    record Opened(NewSession session) implements OpenResult {}

    /// It had been opened before.
    record AlreadyUsed() implements OpenResult {}

    /// It has expired, its key was revoked, or there never was such a link.
    record Invalid() implements OpenResult {}
  }

  /// Creates a link; null if the company does not exist.
  public @Nullable CreatedLink create(
      UUID keyId, long companyId, Role role, String user, Duration lifetime) {
    String token = SessionToken.generate(random);
    return transactions.inTransaction(connection ->
        Jdbi.open(connection)
            .createQuery(INSERT)
            .bind("id", idGenerator.get())
            .bind("hash", SessionToken.hash(token))
            .bind("company", companyId)
            .bind("key", keyId)
            .bind("role", role.wireName())
            .bind("user", user)
            .bind("lifetime", lifetime.toSeconds())
            .map((row, _) -> new CreatedLink(token, ColumnValues.instant(row, "expires_at")))
            .findOne()
            .orElse(null));
  }

  /// Uses a link: of several callers, one gets the session.
  public OpenResult open(long companyId, String token, @Nullable String fromAddress) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      byte[] hash = SessionToken.hash(token);
      return handle
          .createQuery(USE)
          .bind("hash", hash)
          .bind("company", companyId)
          .map((row, _) ->
              new Grant(
                  ColumnValues.uuid(row, "key_id"),
                  companyId,
                  Role.fromWireName(row.getString("role")),
                  row.getString("user_name")))
          .findOne()
          .map(grant ->
              (OpenResult) new OpenResult.Opened(sessions.start(handle, grant, fromAddress)))
          .orElseGet(() -> whyNot(handle, hash, companyId));
    });
  }

  private static OpenResult whyNot(Handle handle, byte[] hash, long companyId) {
    boolean isUsed =
        handle
            .createQuery(FIND_USE)
            .bind("hash", hash)
            .bind("company", companyId)
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false);
    return isUsed ? new OpenResult.AlreadyUsed() : new OpenResult.Invalid();
  }
}
