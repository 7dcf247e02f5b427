package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API keys. Only their SHA-256 hashes are stored.
public final class ApiKeys {

  private static final String FIND =
      """
      select id, name, scopes, company_id, created_at, expires_at, last_used_at,
             last_used_at is distinct from date_trunc('minute', clock_timestamp()) as is_use_new
      from api_key
      where hash = :hash and revoked_at is null
        and (expires_at is null or expires_at > clock_timestamp())
      """;

  private static final String RECORD_USE =
      """
      update api_key set last_used_at = date_trunc('minute', clock_timestamp())
      where id = :id
      """;

  private static final String LIST =
      """
      select id, name, scopes, company_id, created_at, expires_at, last_used_at
      from api_key
      where revoked_at is null and id > :after
      order by id
      limit :limit
      """;

  private static final String INSERT =
      """
      insert into api_key (id, name, hash, has_checksum, scopes, company_id, created_at, expires_at)
      select :id, :name, :hash, :hasChecksum, :scopes, :company, clock_timestamp(),
             :expiresAt::timestamptz
      where :company::bigint is null or exists (select from company where id = :company and deleted_at is null)
      on conflict (hash) do nothing
      returning id, name, scopes, company_id, created_at, expires_at, last_used_at
      """;

  private static final String FIND_HASHES_WITHOUT_CHECKSUM =
      """
      select encode(hash, 'hex') from api_key where not has_checksum and revoked_at is null
      """;

  /// Locks the rows in the same order on every node. Of two keys that revoke each other, the second
  /// waits here and no longer finds the first.
  private static final String LOCK_OPERATOR_KEYS =
      """
      select id from api_key
      where revoked_at is null and expires_at is null and 'operator' = any(scopes)
      order by id
      for update
      """;

  private static final String REVOKE =
      """
      update api_key set revoked_at = clock_timestamp() where id = :id and revoked_at is null
      returning name
      """;

  private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);
  private static final UUID MIN_ID = new UUID(0, 0);

  private final Transactions transactions;
  private final Audit audit;
  private final Supplier<UUID> idGenerator;
  private final SecureRandom random;
  private volatile Set<String> chosenHashes = Set.of();

  /// @param idGenerator generates UUIDs of version 7
  public ApiKeys(
      Transactions transactions, Audit audit, Supplier<UUID> idGenerator, SecureRandom random) {
    this.transactions = transactions;
    this.audit = audit;
    this.idGenerator = idGenerator;
    this.random = random;
  }

  /// What became of a key that should be revoked.
  public enum RevokeResult {
    REVOKED,
    /// It does not exist or is revoked already.
    NOT_FOUND,
    /// It stays valid, because no other key could create or revoke keys.
    LAST_OPERATOR_KEY
  }

  /// A new key.
  ///
  /// @param plaintext the key itself, which is shown only once
  public record CreatedKey(ApiKey key, String plaintext) {
    @Override
    public String toString() {
      return "CreatedKey[" + key + "]";
    }
  }

  /// Creates a key. Returns null if the company does not exist.
  ///
  /// @param companyId the only company that the key may access; null for all
  /// @param expiresAt when it stops being valid; null for never
  public @Nullable CreatedKey create(
      String name,
      List<String> scopes,
      @Nullable Long companyId,
      @Nullable Instant expiresAt,
      Actor actor) {
    String plaintext = ApiKeyFormat.generate(random);
    ApiKey key =
        write(handle ->
            audited(handle, actor, insert(handle, plaintext, name, scopes, companyId, expiresAt)));
    return key == null ? null : new CreatedKey(key, plaintext);
  }

  /// Creates the operator key of the settings, unless it exists. A revoked key stays revoked.
  ///
  /// @throws StartupException if the text can't be a key
  public void ensureOperatorKey(String plaintext, String name) {
    if (!ApiKeyFormat.isWellFormed(plaintext)) {
      throw new StartupException(
          "WEBHOOKS_ADMIN_KEY must have 16 to 256 visible ASCII characters, without spaces.");
    }
    write(handle ->
        audited(
            handle,
            Actor.SETTINGS,
            insert(handle, plaintext, name, List.of("operator"), null, null)));
  }

  private @Nullable ApiKey insert(
      Handle handle,
      String plaintext,
      String name,
      List<String> scopes,
      @Nullable Long companyId,
      @Nullable Instant expiresAt) {
    return handle
        .createQuery(INSERT)
        .bind("id", idGenerator.get())
        .bind("name", name)
        .bind("hash", ApiKeyFormat.hash(plaintext))
        .bind("hasChecksum", ApiKeyFormat.hasValidChecksum(plaintext))
        .bind("scopes", ColumnValues.textArray(scopes.stream().distinct().sorted().toList()))
        .bind("company", companyId)
        .bind("expiresAt", expiresAt)
        .map((row, _) -> fromRow(row))
        .findOne()
        .orElse(null);
  }

  private @Nullable ApiKey audited(Handle handle, Actor actor, @Nullable ApiKey created) {
    if (created != null) {
      audit.append(
          handle,
          actor,
          AuditAction.KEY_CREATED,
          Subject.company(created.companyId()),
          FieldChanges.none()
              .added("id", created.id().toString())
              .added("name", created.name())
              .added("scopes", created.scopes())
              .added(
                  "expires_at",
                  created.expiresAt() == null ? null : created.expiresAt().toString()));
    }
    return created;
  }

  /// Reads the keys that operators chose, for [#mayExist].
  public void loadChosenKeys() {
    chosenHashes =
        read(handle -> handle.createQuery(FIND_HASHES_WITHOUT_CHECKSUM).mapTo(String.class).set());
  }

  /// Whether a text can be a key. Decided in memory: it has the check sum of a generated key, or it
  /// is a key that operators chose as `WEBHOOKS_ADMIN_KEY` before this node started.
  public boolean mayExist(String plaintext) {
    return ApiKeyFormat.hasValidChecksum(plaintext)
        || chosenHashes.contains(HexFormat.of().formatHex(ApiKeyFormat.hash(plaintext)));
  }

  /// The key with this text; null if it does not exist, has expired or was revoked. Records its
  /// use, once a minute.
  public @Nullable ApiKey find(String plaintext) {
    if (!ApiKeyFormat.isWellFormed(plaintext)) {
      return null;
    }
    FoundKey found =
        read(handle ->
            handle
                .createQuery(FIND)
                .bind("hash", ApiKeyFormat.hash(plaintext))
                .map((row, _) -> new FoundKey(fromRow(row), row.getBoolean("is_use_new")))
                .findOne()
                .orElse(null));
    if (found == null) {
      return null;
    }
    if (found.isUseNew()) {
      recordUse(found.key().id());
    }
    return found.key();
  }

  /// @param isUseNew whether no use of this minute was recorded yet
  private record FoundKey(ApiKey key, boolean isUseNew) {}

  /// A database that refuses writes does not lock anybody out.
  private void recordUse(UUID id) {
    try {
      write(handle -> handle.createUpdate(RECORD_USE).bind("id", id).execute());
    } catch (LedgerException refused) {
      log.debug("The use of key {} was not recorded: {}", id, refused.getMessage());
    }
  }

  /// One page of the keys that are not revoked, by ascending id, which is the order of creation.
  ///
  /// @param after the last id of the previous page; null for the first page
  public Page<ApiKey> list(@Nullable UUID after, int limit) {
    return read(handle ->
        Page.of(
            handle
                .createQuery(LIST)
                .bind("after", after == null ? MIN_ID : after)
                .bind("limit", limit + 1)
                .map((row, _) -> fromRow(row))
                .list(),
            limit));
  }

  /// Revokes a key, unless it is the last operator key.
  public RevokeResult revoke(UUID id, Actor actor) {
    return write(handle -> {
      if (handle.createQuery(LOCK_OPERATOR_KEYS).mapTo(UUID.class).list().equals(List.of(id))) {
        return RevokeResult.LAST_OPERATOR_KEY;
      }
      String name =
          handle.createQuery(REVOKE).bind("id", id).mapTo(String.class).findOne().orElse(null);
      if (name == null) {
        return RevokeResult.NOT_FOUND;
      }
      FieldChanges changes = FieldChanges.none().removed("id", id.toString()).removed("name", name);
      audit.append(handle, actor, AuditAction.KEY_REVOKED, Subject.SERVICE, changes);
      return RevokeResult.REVOKED;
    });
  }

  private <T extends @Nullable Object> T read(Function<Handle, T> callback) {
    return transactions.read(connection -> callback.apply(Jdbi.open(connection)));
  }

  private <T extends @Nullable Object> T write(Function<Handle, T> callback) {
    return transactions.inTransaction(connection -> callback.apply(Jdbi.open(connection)));
  }

  private static ApiKey fromRow(ResultSet row) throws SQLException {
    return new ApiKey(
        ColumnValues.uuid(row, "id"),
        row.getString("name"),
        ColumnValues.textArray(row, "scopes"),
        ColumnValues.longOrNull(row, "company_id"),
        ColumnValues.instant(row, "created_at"),
        ColumnValues.instantOrNull(row, "expires_at"),
        ColumnValues.instantOrNull(row, "last_used_at"));
  }
}
