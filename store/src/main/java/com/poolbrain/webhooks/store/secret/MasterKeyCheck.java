package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.secret.SecretBox.Role;
import com.poolbrain.webhooks.store.secret.SecretBox.SealedSecret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Checks before a start that the configured master keys are those of the stored secrets.
public final class MasterKeyCheck {

  private static final int FETCH_SIZE = 100;

  private static final String SECRETS_BY_KEY =
      """
      select key_id, count(*) as secrets from endpoint_secret group by key_id
      """;

  private static final String SECRETS_OF_KEY =
      """
      select endpoint_id, role, key_id, ciphertext from endpoint_secret where key_id = :keyId
      """;

  private final SecretBox secretBox;

  public MasterKeyCheck(SecretBox secretBox) {
    this.secretBox = secretBox;
  }

  /// Requires that each stored key id is that of a configured key, and that this key decrypts at
  /// least one of its secrets. A single secret that can't be decrypted beside those of other keys
  /// concerns its endpoint only: a rotation leaves it behind.
  ///
  /// @throws StartupException that names the master keys
  public void run(Connection connection) {
    Handle handle = Jdbi.open(connection);
    Map<String, Long> secretsByKey = countByKey(handle);
    requireConfigured(
        secretsByKey.keySet().stream().filter(keyId -> !secretBox.hasKey(keyId)).toList());
    requireDecryptable(
        secretsByKey.entrySet().stream()
            .filter(count -> count.getValue() > 1 || secretsByKey.size() == 1)
            .map(Map.Entry::getKey)
            .filter(keyId -> !decryptsAny(handle, keyId))
            .toList());
  }

  private static Map<String, Long> countByKey(Handle handle) {
    Map<String, Long> counts = new TreeMap<>();
    handle
        .createQuery(SECRETS_BY_KEY)
        .map((row, _) -> Map.entry(row.getString("key_id"), row.getLong("secrets")))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  private static void requireConfigured(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new StartupException(
          "The database contains secrets that were encrypted with master keys %s, which are not configured: restore the file master.key in the data folder, set WEBHOOKS_MASTER_KEY to the key that was used, or add it to WEBHOOKS_PREVIOUS_MASTER_KEYS."
              .formatted(String.join(", ", missing)));
    }
  }

  private static void requireDecryptable(List<String> useless) {
    if (!useless.isEmpty()) {
      throw new StartupException(
          "None of the stored secrets that were encrypted with master keys %s can be decrypted, although these keys are configured, so the table endpoint_secret was modified: restore the database from a backup, or follow 'Secrets can't be read' in docs/operations.md."
              .formatted(String.join(", ", useless)));
    }
  }

  /// Most keys decrypt the first secret, so the others are not read.
  private boolean decryptsAny(Handle handle, String keyId) {
    try (Stream<Boolean> decrypted =
        handle
            .createQuery(SECRETS_OF_KEY)
            .bind("keyId", keyId)
            .setFetchSize(FETCH_SIZE)
            .map((row, _) -> canDecrypt(row))
            .stream()) {
      return decrypted.anyMatch(success -> success);
    }
  }

  private boolean canDecrypt(ResultSet row) throws SQLException {
    UUID endpointId = ColumnValues.uuid(row, "endpoint_id");
    Role role = Role.fromWireName(row.getString("role"));
    return secretBox.canOpen(
        new SealedSecret(row.getString("key_id"), row.getBytes("ciphertext")), endpointId, role);
  }
}
