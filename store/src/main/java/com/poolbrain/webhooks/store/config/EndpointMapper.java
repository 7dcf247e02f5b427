package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.DeliveryOptions;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.secret.SecretBox;
import com.poolbrain.webhooks.store.secret.SecretBox.Role;
import com.poolbrain.webhooks.store.secret.SecretBox.SealedSecret;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Maps rows to endpoints, and decrypts and encrypts their secrets.
final class EndpointMapper {

  /// Selects endpoints with their secrets. A `where` clause follows.
  static final String SELECT =
      """
      select e.id, e.company_id, e.url, e.subscribed_events, e.description, e.paused, e.deleted_at,
             e.created_at, e.timeout_ms, e.max_concurrency, e.rate_per_second, e.standard_webhooks,
             e.trace_context, e.alert_emails, e.version,
             a.key_id as active_key_id, a.ciphertext as active_ciphertext,
             n.key_id as next_key_id, n.ciphertext as next_ciphertext,
             p.key_id as previous_key_id, p.ciphertext as previous_ciphertext,
             p.expires_at as previous_expires_at
      from endpoint e
      left join endpoint_secret a on a.endpoint_id = e.id and a.role = 'active'
      left join endpoint_secret n on n.endpoint_id = e.id and n.role = 'next'
      left join endpoint_secret p on p.endpoint_id = e.id and p.role = 'previous'
      """;

  private static final String DELETE_SECRETS =
      """
      delete from endpoint_secret where endpoint_id = :id
      """;

  private static final String INSERT_SECRET =
      """
      insert into endpoint_secret (endpoint_id, company_id, role, key_id, ciphertext, expires_at)
      values (:id, :company, :role, :keyId, :ciphertext, :expiresAt)
      """;

  private final SecretBox secretBox;

  EndpointMapper(SecretBox secretBox) {
    this.secretBox = secretBox;
  }

  /// Maps a row. If the secrets can't be decrypted, the endpoint has [SigningSecrets#UNREADABLE],
  /// so that it can still be listed, repaired and skipped by nodes.
  ///
  /// @param onUnreadable receives the reason why the secrets can't be decrypted
  Endpoint read(ResultSet row, Consumer<IllegalStateException> onUnreadable) throws SQLException {
    UUID id = ColumnValues.uuid(row, "id");
    return new Endpoint(
        id,
        row.getLong("company_id"),
        URI.create(row.getString("url")),
        ColumnValues.textArray(row, "subscribed_events"),
        row.getString("description"),
        row.getBoolean("paused"),
        ColumnValues.instantOrNull(row, "deleted_at") != null,
        ColumnValues.instant(row, "created_at"),
        readSecrets(row, id, onUnreadable),
        readDeliveryOptions(row),
        ColumnValues.textArray(row, "alert_emails"),
        row.getLong("version"));
  }

  static DeliveryOptions readDeliveryOptions(ResultSet row) throws SQLException {
    Integer timeoutMillis = ColumnValues.integerOrNull(row, "timeout_ms");
    return new DeliveryOptions(
        timeoutMillis == null ? null : Duration.ofMillis(timeoutMillis),
        ColumnValues.integerOrNull(row, "max_concurrency"),
        ColumnValues.doubleOrNull(row, "rate_per_second"),
        row.getBoolean("standard_webhooks"),
        row.getBoolean("trace_context"));
  }

  private SigningSecrets readSecrets(
      ResultSet row, UUID id, Consumer<IllegalStateException> onUnreadable) throws SQLException {
    if (ColumnValues.instantOrNull(row, "deleted_at") != null) {
      return SigningSecrets.UNREADABLE; // they were destroyed
    }
    try {
      return new SigningSecrets(
          requireSecret(openSecret(row, id, Role.ACTIVE), id),
          openSecret(row, id, Role.NEXT),
          openSecret(row, id, Role.PREVIOUS),
          ColumnValues.instantOrNull(row, "previous_expires_at"));
    } catch (IllegalStateException e) {
      onUnreadable.accept(e);
      return SigningSecrets.UNREADABLE;
    }
  }

  private static String requireSecret(@Nullable String secret, UUID id) {
    if (secret == null) {
      throw new IllegalStateException("endpoint " + id + " has no active secret");
    }
    return secret;
  }

  private @Nullable String openSecret(ResultSet row, UUID id, Role role) throws SQLException {
    byte[] ciphertext = row.getBytes(role.wireName() + "_ciphertext");
    return ciphertext == null
        ? null
        : secretBox.open(
            new SealedSecret(row.getString(role.wireName() + "_key_id"), ciphertext), id, role);
  }

  static void deleteSecrets(Handle handle, UUID endpointId) {
    handle.createUpdate(DELETE_SECRETS).bind("id", endpointId).execute();
  }

  void replaceSecrets(Handle handle, Endpoint endpoint) {
    deleteSecrets(handle, endpoint.id());
    SigningSecrets signingSecrets = endpoint.signingSecrets();
    insertSecret(handle, endpoint, Role.ACTIVE, signingSecrets.active());
    insertSecret(handle, endpoint, Role.NEXT, signingSecrets.next());
    insertSecret(handle, endpoint, Role.PREVIOUS, signingSecrets.previous());
  }

  private void insertSecret(Handle handle, Endpoint endpoint, Role role, @Nullable String secret) {
    if (secret == null) {
      return;
    }
    SealedSecret sealedSecret = secretBox.seal(secret, endpoint.id(), role);
    handle
        .createUpdate(INSERT_SECRET)
        .bind("id", endpoint.id())
        .bind("company", endpoint.companyId())
        .bind("role", role.wireName())
        .bind("keyId", sealedSecret.keyId())
        .bind("ciphertext", sealedSecret.bytes())
        .bind(
            "expiresAt",
            role == Role.PREVIOUS ? endpoint.signingSecrets().previousExpiresAt() : null)
        .execute();
  }
}
