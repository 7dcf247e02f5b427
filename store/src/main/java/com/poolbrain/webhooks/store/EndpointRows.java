package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.Tuning;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.store.SecretBox.Role;
import com.poolbrain.webhooks.store.SecretBox.Sealed;
import com.poolbrain.webhooks.store.internal.Rows;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Endpoints as they stand in the database, their secrets sealed.
final class EndpointRows {

  /// Every endpoint with its secrets, for a `where` to follow.
  static final String SELECT =
      """
      select e.id, e.company_id, e.url, e.names, e.description, e.paused, e.deleted_at,
             e.created_at, e.timeout_ms, e.max_concurrency, e.rate_per_second, e.standard_webhooks,
             a.key_id as active_key_id, a.ciphertext as active_ciphertext,
             n.key_id as next_key_id, n.ciphertext as next_ciphertext,
             p.key_id as previous_key_id, p.ciphertext as previous_ciphertext,
             p.expires_at as previous_expires_at
      from endpoint e
      join endpoint_secret a on a.endpoint_id = e.id and a.role = 'active'
      left join endpoint_secret n on n.endpoint_id = e.id and n.role = 'next'
      left join endpoint_secret p on p.endpoint_id = e.id and p.role = 'previous'
      """;

  private static final String FORGET_SECRETS =
      """
      delete from endpoint_secret where endpoint_id = :id
      """;

  private static final String WRITE_SECRET =
      """
      insert into endpoint_secret (endpoint_id, company_id, role, key_id, ciphertext, expires_at)
      values (:id, :company, :role, :keyId, :ciphertext, :expiresAt)
      """;

  private final SecretBox box;

  EndpointRows(SecretBox box) {
    this.box = box;
  }

  /// Or with [Secrets#UNREADABLE], if its secrets can't be opened: whoever sets up endpoints has to
  /// see it to mend it, and why it is so stands in the log of every node that learns of it.
  Endpoint readAnyhow(ResultSet row) throws SQLException {
    try {
      return read(row);
    } catch (IllegalStateException _) {
      return read(row, Secrets.UNREADABLE);
    }
  }

  /// @throws IllegalStateException if its secrets can't be opened
  Endpoint read(ResultSet row) throws SQLException {
    return read(row, secrets(row, Rows.uuid(row, "id")));
  }

  /// The same with these secrets.
  static Endpoint read(ResultSet row, Secrets secrets) throws SQLException {
    UUID id = Rows.uuid(row, "id");
    return new Endpoint(
        id,
        row.getLong("company_id"),
        URI.create(row.getString("url")),
        Rows.texts(row, "names"),
        row.getString("description"),
        row.getBoolean("paused"),
        row.getTimestamp("deleted_at") != null,
        Rows.instant(row, "created_at"),
        secrets,
        tuning(row));
  }

  private static Tuning tuning(ResultSet row) throws SQLException {
    Integer millis = Rows.integerOrNull(row, "timeout_ms");
    return new Tuning(
        millis == null ? null : Duration.ofMillis(millis),
        Rows.integerOrNull(row, "max_concurrency"),
        Rows.doubleOrNull(row, "rate_per_second"),
        row.getBoolean("standard_webhooks"));
  }

  private Secrets secrets(ResultSet row, UUID id) throws SQLException {
    String active = open(row, id, Role.ACTIVE);
    if (active == null) {
      throw new IllegalStateException("endpoint " + id + " has no active secret");
    }
    return new Secrets(
        active,
        open(row, id, Role.NEXT),
        open(row, id, Role.PREVIOUS),
        Rows.instantOrNull(row, "previous_expires_at"));
  }

  private @Nullable String open(ResultSet row, UUID id, Role role) throws SQLException {
    byte[] ciphertext = row.getBytes(role.word() + "_ciphertext");
    return ciphertext == null
        ? null
        : box.open(new Sealed(row.getString(role.word() + "_key_id"), ciphertext), id, role);
  }

  void writeSecrets(Handle handle, Endpoint endpoint) {
    handle.createUpdate(FORGET_SECRETS).bind("id", endpoint.id()).execute();
    Secrets secrets = endpoint.secrets();
    write(handle, endpoint, Role.ACTIVE, secrets.active());
    write(handle, endpoint, Role.NEXT, secrets.next());
    write(handle, endpoint, Role.PREVIOUS, secrets.previous());
  }

  private void write(Handle handle, Endpoint endpoint, Role role, @Nullable String secret) {
    if (secret == null) {
      return;
    }
    Sealed sealed = box.seal(secret, endpoint.id(), role);
    handle
        .createUpdate(WRITE_SECRET)
        .bind("id", endpoint.id())
        .bind("company", endpoint.companyId())
        .bind("role", role.word())
        .bind("keyId", sealed.keyId())
        .bind("ciphertext", sealed.bytes())
        .bind("expiresAt", role == Role.PREVIOUS ? endpoint.secrets().previousExpiresAt() : null)
        .execute();
  }
}
