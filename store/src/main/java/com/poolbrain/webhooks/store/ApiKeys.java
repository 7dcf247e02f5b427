package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.internal.Rows;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The API keys, of which only hashes are kept.
public final class ApiKeys {

  private static final String COLUMNS = "select id, name, scopes, company_id, created_at ";

  private static final String FIND =
      COLUMNS
          + """
          from api_key where hash = :hash and revoked_at is null
          """;

  private static final String LIST =
      COLUMNS
          + """
          from api_key where revoked_at is null and id > :after order by id limit :limit
          """;

  private static final String CREATE =
      """
      insert into api_key (id, name, hash, scopes, company_id, created_at)
      select :id, :name, :hash, :scopes, :company, clock_timestamp()
      where :company::bigint is null or exists (select from company where id = :company)
      on conflict (hash) do nothing
      returning id, name, scopes, company_id, created_at
      """;

  private static final String REVOKE =
      """
      update api_key set revoked_at = clock_timestamp() where id = :id and revoked_at is null
      returning name
      """;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Changes changes;
  private final Supplier<UUID> ids;
  private final SecureRandom random;

  /// @param ids makes UUIDs of version 7
  public ApiKeys(Changes changes, Supplier<UUID> ids, SecureRandom random) {
    this.changes = changes;
    this.ids = ids;
    this.random = random;
  }

  /// A key just made.
  ///
  /// @param text the key itself, shown this once
  public record Created(ApiKey key, String text) {
    @Override
    public String toString() {
      return "Created[" + key + "]";
    }
  }

  /// Makes a key; null if there is no such company.
  ///
  /// @param companyId the only company that it is good for; null for all
  public @Nullable Created create(
      String name, List<String> scopes, @Nullable Long companyId, String actor) {
    String text = KeyText.make(random);
    ApiKey key =
        changes.write(handle -> create(handle, text, wanted(name, scopes, companyId), actor));
    return key == null ? null : new Created(key, text);
  }

  /// Sees to it that this text is an operator key: the first one, which comes from the settings.
  /// One that was revoked stays so.
  ///
  /// @throws StartupException if it can't be a key
  public void ensureOperator(String text, String name) {
    if (!KeyText.isWellFormed(text)) {
      throw new StartupException(
          "WEBHOOKS_ADMIN_KEY must have 16 to 256 visible ASCII characters, without spaces.");
    }
    changes.write(
        handle -> create(handle, text, wanted(name, List.of("operator"), null), "settings"));
  }

  private record Wanted(String name, List<String> scopes, @Nullable Long companyId) {}

  private static Wanted wanted(String name, List<String> scopes, @Nullable Long companyId) {
    return new Wanted(name, scopes.stream().distinct().sorted().toList(), companyId);
  }

  private @Nullable ApiKey create(Handle handle, String text, Wanted wanted, String actor) {
    ApiKey key =
        handle
            .createQuery(CREATE)
            .bind("id", ids.get())
            .bind("name", wanted.name())
            .bind("hash", KeyText.hash(text))
            .bind("scopes", Rows.texts(wanted.scopes()))
            .bind("company", wanted.companyId())
            .map((row, _) -> key(row))
            .findOne()
            .orElse(null);
    if (key != null) {
      Map<String, String> detail =
          Map.of(
              "id",
              key.id().toString(),
              "name",
              key.name(),
              "scopes",
              String.join(" ", key.scopes()));
      changes.audit(handle, actor, new Audit.Entry("key.created", key.companyId(), null, detail));
    }
    return key;
  }

  /// What is known about the key with this text; null if there is none, or none any more.
  public @Nullable ApiKey find(String text) {
    if (!KeyText.isWellFormed(text)) {
      return null;
    }
    return changes.read(handle ->
        handle
            .createQuery(FIND)
            .bind("hash", KeyText.hash(text))
            .map((row, _) -> key(row))
            .findOne()
            .orElse(null));
  }

  /// Keys that are not revoked, by ascending id, which is the order of their creation.
  ///
  /// @param after the id that the page before ended with, if any
  public Page<ApiKey> list(@Nullable UUID after, int limit) {
    return changes.read(handle ->
        Page.of(
            handle
                .createQuery(LIST)
                .bind("after", after == null ? BEFORE_ALL : after)
                .bind("limit", limit + 1)
                .map((row, _) -> key(row))
                .list(),
            limit));
  }

  /// Revokes a key; false if there is none, or none any more.
  public boolean revoke(UUID id, String actor) {
    return changes.write(handle -> {
      String name =
          handle.createQuery(REVOKE).bind("id", id).mapTo(String.class).findOne().orElse(null);
      if (name != null) {
        Map<String, String> detail = Map.of("id", id.toString(), "name", name);
        changes.audit(handle, actor, new Audit.Entry("key.revoked", null, null, detail));
      }
      return name != null;
    });
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        Rows.uuid(row, "id"),
        row.getString("name"),
        Rows.texts(row, "scopes"),
        Rows.longOrNull(row, "company_id"),
        Rows.instant(row, "created_at"));
  }
}
