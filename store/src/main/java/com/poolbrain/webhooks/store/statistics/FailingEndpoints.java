package com.poolbrain.webhooks.store.statistics;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// The endpoints of all companies that fail now.
public final class FailingEndpoints {

  private static final String FIND =
      """
      select h.company_id, h.endpoint_id, h.since, e.url
      from endpoint_health as h
      join endpoint as e on e.id = h.endpoint_id
      where h.status = 'failing' and e.deleted_at is null and not e.paused
      order by h.since, h.endpoint_id
      limit :limit
      """;

  private final Transactions transactions;

  public FailingEndpoints(Transactions transactions) {
    this.transactions = transactions;
  }

  /// An endpoint that fails.
  ///
  /// @param since when it began to fail
  public record FailingEndpoint(long companyId, UUID endpointId, String url, Instant since) {

    /// The path of a URL may have tokens.
    @Override
    public String toString() {
      return "FailingEndpoint[" + companyId + ", " + endpointId + "]";
    }
  }

  /// Those that have failed longest.
  public List<FailingEndpoint> find(int limit) {
    return transactions.read(connection ->
        Jdbi.open(connection)
            .createQuery(FIND)
            .bind("limit", limit)
            .map((row, _) ->
                new FailingEndpoint(
                    row.getLong("company_id"),
                    ColumnValues.uuid(row, "endpoint_id"),
                    row.getString("url"),
                    ColumnValues.instant(row, "since")))
            .list());
  }
}
