package com.poolbrain.webhooks.store.session;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.domain.session.Role;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions of the page. A session ends when it was not used for a while, at its latest end,
/// when its user signs out, and when its API key is revoked or its company deleted.
public final class Sessions {

  /// Time without use after which a session ends.
  public static final Duration MAX_IDLE = Duration.ofHours(8);

  /// Longest time of a session.
  public static final Duration MAX_LIFETIME = Duration.ofDays(30);

  /// Also forgets sessions that have ended.
  private static final String INSERT =
      """
      with forgotten as (
        delete from session where id in (
          select id from session
          where expires_at < clock_timestamp()
            or last_used_at < clock_timestamp() - :idle * interval '1 second'
          limit 100 for update skip locked)
      )
      insert into session (id, hash, company_id, key_id, role, user_name, created_at, last_used_at,
                           expires_at)
      values (:id, :hash, :company, :key, :role, :user, clock_timestamp(), clock_timestamp(),
              clock_timestamp() + :lifetime * interval '1 second')
      """;

  private static final String FIND =
      """
      select s.id, s.key_id, s.company_id, s.role, s.user_name, k.name, k.scopes,
             s.last_used_at < clock_timestamp() - interval '1 minute' as is_use_new
      from session s join api_key k on k.id = s.key_id
      where s.hash = :hash and s.expires_at > clock_timestamp()
        and s.last_used_at > clock_timestamp() - :idle * interval '1 second'
        and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
      """;

  private static final String FIND_OPEN =
      """
      select s.id from session s join api_key k on k.id = s.key_id
      where s.id = any (:ids::uuid[]) and s.expires_at > clock_timestamp()
        and s.last_used_at > clock_timestamp() - :idle * interval '1 second'
        and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
      """;

  private static final String RECORD_USE =
      """
      update session set last_used_at = clock_timestamp() where id = :id
      """;

  private static final String END =
      """
      delete from session where id = :id
      """;

  private static final String FIND_KEY =
      """
      select id, name, scopes from api_key where id = :id
      """;

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private final Transactions transactions;
  private final Audit audit;
  private final Supplier<UUID> idGenerator;
  private final SecureRandom random;

  /// @param idGenerator generates UUIDs of version 7
  public Sessions(
      Transactions transactions, Audit audit, Supplier<UUID> idGenerator, SecureRandom random) {
    this.transactions = transactions;
    this.audit = audit;
    this.idGenerator = idGenerator;
    this.random = random;
  }

  /// Starts the session of an operator who signed in with a key.
  public NewSession startOperator(UUID keyId, @Nullable String fromAddress) {
    return transactions.inTransaction(connection ->
        start(Jdbi.open(connection), new Grant(keyId, null, Role.OPERATOR, null), fromAddress));
  }

  NewSession start(Handle handle, Grant grant, @Nullable String fromAddress) {
    UUID id = idGenerator.get();
    String token = SessionToken.generate(random);
    handle
        .createUpdate(INSERT)
        .bind("id", id)
        .bind("hash", SessionToken.hash(token))
        .bind("company", grant.companyId())
        .bind("key", grant.keyId())
        .bind("role", grant.role().wireName())
        .bind("user", grant.user())
        .bind("idle", MAX_IDLE.toSeconds())
        .bind("lifetime", MAX_LIFETIME.toSeconds())
        .execute();
    audit.append(
        handle,
        new Actor(grant.actor(), fromAddress),
        AuditAction.SESSION_STARTED,
        Subject.company(grant.companyId()),
        FieldChanges.none().added("role", grant.role().wireName()));
    return handle
        .createQuery(FIND_KEY)
        .bind("id", grant.keyId())
        .map((row, _) ->
            new NewSession(
                new Session(
                    id,
                    grant.keyId(),
                    row.getString("name"),
                    ColumnValues.textArray(row, "scopes"),
                    grant.companyId(),
                    grant.role(),
                    grant.user()),
                token))
        .one();
  }

  /// The session of a token; null if there is none, or it has ended. Records its use, once a
  /// minute.
  public @Nullable Session find(String token) {
    FoundSession found =
        transactions.read(connection ->
            Jdbi.open(connection)
                .createQuery(FIND)
                .bind("hash", SessionToken.hash(token))
                .bind("idle", MAX_IDLE.toSeconds())
                .map((row, _) ->
                    new FoundSession(
                        new Session(
                            ColumnValues.uuid(row, "id"),
                            ColumnValues.uuid(row, "key_id"),
                            row.getString("name"),
                            ColumnValues.textArray(row, "scopes"),
                            ColumnValues.longOrNull(row, "company_id"),
                            Role.fromWireName(row.getString("role")),
                            row.getString("user_name")),
                        row.getBoolean("is_use_new")))
                .findOne()
                .orElse(null));
    if (found == null) {
      return null;
    }
    if (found.isUseNew()) {
      recordUse(found.session().id());
    }
    return found.session();
  }

  /// Those of some sessions that have not ended. Asking is no use of a session.
  public Set<UUID> findOpen(Collection<UUID> ids) {
    return transactions.read(connection ->
        Jdbi.open(connection)
            .createQuery(FIND_OPEN)
            .bind("ids", ColumnValues.uuidArray(ids))
            .bind("idle", MAX_IDLE.toSeconds())
            .map((row, _) -> ColumnValues.uuid(row, "id"))
            .set());
  }

  private record FoundSession(Session session, boolean isUseNew) {}

  /// A database that refuses writes ends no session.
  private void recordUse(UUID id) {
    try {
      update(RECORD_USE, id);
    } catch (LedgerException refused) {
      log.debug("The use of session {} was not recorded: {}", id, refused.getMessage());
    }
  }

  /// Ends a session, which may have ended already.
  public void end(UUID id) {
    update(END, id);
  }

  private void update(String sql, UUID id) {
    int rows =
        transactions.inTransaction(
            connection -> Jdbi.open(connection).createUpdate(sql).bind("id", id).execute());
    log.trace("{} sessions changed", rows);
  }
}
