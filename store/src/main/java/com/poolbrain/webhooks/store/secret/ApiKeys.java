package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.config.Audit;
import com.poolbrain.webhooks.store.config.ConfigTransactions;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
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

  private static final UUID MIN_ID = new UUID(0, 0);

  private final ConfigTransactions configTransactions;
  private final Supplier<UUID> idGenerator;
  private final SecureRandom random;

  /// @param idGenerator makes UUIDs of version 7
  public ApiKeys(
      ConfigTransactions configTransactions, Supplier<UUID> idGenerator, SecureRandom random) {
    this.configTransactions = configTransactions;
    this.idGenerator = idGenerator;
    this.random = random;
  }

  /// A key just made.
  ///
  /// @param plaintext the key itself, shown this once
  public record CreatedKey(ApiKey key, String plaintext) {
    @Override
    public String toString() {
      return "Created[" + key + "]";
    }
  }

  /// Makes a key; null if there is no such company.
  ///
  /// @param companyId the only company that it is good for; null for all
  public @Nullable CreatedKey create(
      String name, List<String> scopes, @Nullable Long companyId, String actor) {
    String plaintext = ApiKeyFormat.generate(random);
    ApiKey key =
        configTransactions.write(
            handle -> create(handle, plaintext, newKey(name, scopes, companyId), actor));
    return key == null ? null : new CreatedKey(key, plaintext);
  }

  /// Sees to it that this text is an operator key: the first one, which comes from the settings.
  /// One that was revoked stays so.
  ///
  /// @throws StartupException if it can't be a key
  public void ensureOperatorKey(String plaintext, String name) {
    if (!ApiKeyFormat.isWellFormed(plaintext)) {
      throw new StartupException(
          "WEBHOOKS_ADMIN_KEY must have 16 to 256 visible ASCII characters, without spaces.");
    }
    configTransactions.write(
        handle -> create(handle, plaintext, newKey(name, List.of("operator"), null), "settings"));
  }

  private record NewKey(String name, List<String> scopes, @Nullable Long companyId) {}

  private static NewKey newKey(String name, List<String> scopes, @Nullable Long companyId) {
    return new NewKey(name, scopes.stream().distinct().sorted().toList(), companyId);
  }

  private @Nullable ApiKey create(Handle handle, String plaintext, NewKey newKey, String actor) {
    ApiKey key =
        handle
            .createQuery(CREATE)
            .bind("id", idGenerator.get())
            .bind("name", newKey.name())
            .bind("hash", ApiKeyFormat.hash(plaintext))
            .bind("scopes", ColumnValues.textArray(newKey.scopes()))
            .bind("company", newKey.companyId())
            .map((row, _) -> fromRow(row))
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
      configTransactions.audit(
          handle, actor, new Audit.Entry("key.created", key.companyId(), null, detail));
    }
    return key;
  }

  /// What is known about the key with this text; null if there is none, or none any more.
  public @Nullable ApiKey find(String plaintext) {
    if (!ApiKeyFormat.isWellFormed(plaintext)) {
      return null;
    }
    return configTransactions.read(handle ->
        handle
            .createQuery(FIND)
            .bind("hash", ApiKeyFormat.hash(plaintext))
            .map((row, _) -> fromRow(row))
            .findOne()
            .orElse(null));
  }

  /// Keys that are not revoked, by ascending id, which is the order of their creation.
  ///
  /// @param after the id that the page before ended with, if any
  public Page<ApiKey> list(@Nullable UUID after, int limit) {
    return configTransactions.read(handle ->
        Page.of(
            handle
                .createQuery(LIST)
                .bind("after", after == null ? MIN_ID : after)
                .bind("limit", limit + 1)
                .map((row, _) -> fromRow(row))
                .list(),
            limit));
  }

  /// Revokes a key; false if there is none, or none any more.
  public boolean revoke(UUID id, String actor) {
    return configTransactions.write(handle -> {
      String name =
          handle.createQuery(REVOKE).bind("id", id).mapTo(String.class).findOne().orElse(null);
      if (name != null) {
        Map<String, String> detail = Map.of("id", id.toString(), "name", name);
        configTransactions.audit(handle, actor, new Audit.Entry("key.revoked", null, null, detail));
      }
      return name != null;
    });
  }

  private static ApiKey fromRow(ResultSet row) throws SQLException {
    return new ApiKey(
        ColumnValues.uuid(row, "id"),
        row.getString("name"),
        ColumnValues.textArray(row, "scopes"),
        ColumnValues.longOrNull(row, "company_id"),
        ColumnValues.instant(row, "created_at"));
  }
}
