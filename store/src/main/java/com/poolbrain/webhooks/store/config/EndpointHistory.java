package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.history.EndpointVersion;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The versions that endpoints had, deleted ones included.
public final class EndpointHistory {

  private static final String VERSIONS_FROM =
      """
      select h.*, e.created_at
      from endpoint_history h
      join endpoint e on e.id = h.endpoint_id
      where h.company_id = :company and h.endpoint_id = :id and h.version >= :version
      order by h.version
      """;

  private final ConfigTransactions configTransactions;

  public EndpointHistory(ConfigTransactions configTransactions) {
    this.configTransactions = configTransactions;
  }

  /// The fields that were changed after a version, by the names of the API: `secret` stands for the
  /// secrets. Null if the endpoint never had that version.
  public @Nullable Set<String> changedSince(long companyId, UUID id, long version) {
    List<EndpointVersion> versions =
        configTransactions.read(handle ->
            handle
                .createQuery(VERSIONS_FROM)
                .bind("company", companyId)
                .bind("id", id)
                .bind("version", version)
                .map((row, _) -> fromRow(row))
                .list());
    if (versions.isEmpty() || versions.getFirst().endpoint().version() != version) {
      return null;
    }
    Set<String> changed = new LinkedHashSet<>();
    for (int i = 1; i < versions.size(); i++) {
      Set<String> fields =
          EndpointDiff.between(versions.get(i - 1).endpoint(), versions.get(i).endpoint())
              .after()
              .keySet();
      changed.addAll(fields.isEmpty() ? Set.of("secret") : fields); // not kept in the history
    }
    return changed;
  }

  private static EndpointVersion fromRow(ResultSet row) throws SQLException {
    Instant validFrom = ColumnValues.instant(row, "valid_from");
    Endpoint endpoint =
        new Endpoint(
            ColumnValues.uuid(row, "endpoint_id"),
            row.getLong("company_id"),
            URI.create(row.getString("url")),
            ColumnValues.textArray(row, "subscribed_events"),
            row.getString("description"),
            row.getBoolean("paused"),
            ColumnValues.instantOrNull(row, "deleted_at") != null,
            ColumnValues.instant(row, "created_at"),
            SigningSecrets.UNREADABLE,
            EndpointMapper.readDeliveryOptions(row),
            ColumnValues.textArray(row, "alert_emails"),
            row.getLong("version"));
    return new EndpointVersion(endpoint, validFrom, row.getString("actor"));
  }
}
