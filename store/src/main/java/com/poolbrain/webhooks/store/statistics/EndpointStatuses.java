package com.poolbrain.webhooks.store.statistics;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.statistics.Health;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Reads the health of endpoints. It lags behind the attempts by at most the five seconds after
/// which nodes write.
public final class EndpointStatuses {

  /// A paused endpoint is so since the first version of its history after the last one that was
  /// not.
  private static final String READ =
      """
      select e.id, e.paused, e.created_at, h.status, h.since, h.last_delivery_at,
        h.certificate_expires_at, p.since as paused_since
      from endpoint as e
      left join endpoint_health as h on h.endpoint_id = e.id
      left join lateral (
        select min(valid_from) as since from endpoint_history
        where e.paused and endpoint_id = e.id and version > coalesce(
          (select max(version) from endpoint_history where endpoint_id = e.id and not paused), -1)
      ) as p on true
      where e.company_id = :company and e.id = any (:ids)
      """;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public EndpointStatuses(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The status by endpoint id.
  ///
  /// @param endpoints endpoints of this company
  public Map<UUID, EndpointStatus> read(long companyId, Collection<Endpoint> endpoints) {
    Map<UUID, EndpointStatus> statuses = new HashMap<>();
    transactions
        .read(connection ->
            Jdbi.open(connection)
                .createQuery(READ)
                .bind("company", companyId)
                .bind("ids", ColumnValues.uuidArray(endpoints.stream().map(Endpoint::id).toList()))
                .map((row, _) -> Map.entry(ColumnValues.uuid(row, "id"), map(row)))
                .list())
        .forEach(entry -> statuses.put(entry.getKey(), entry.getValue()));
    return statuses;
  }

  private static EndpointStatus map(ResultSet row) throws SQLException {
    Instant createdAt = ColumnValues.instant(row, "created_at");
    String stored = row.getString("status");
    Health health = stored == null ? Health.NEVER_DELIVERED : Health.fromWireName(stored);
    Instant since =
        health == Health.NEVER_DELIVERED ? createdAt : ColumnValues.instant(row, "since");
    if (row.getBoolean("paused")) {
      health = Health.PAUSED;
      since = ColumnValues.instant(row, "paused_since");
    }
    return new EndpointStatus(
        health,
        since,
        ColumnValues.instantOrNull(row, "last_delivery_at"),
        ColumnValues.instantOrNull(row, "certificate_expires_at"));
  }
}
