package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Counts the deliveries of a company that have not ended.
public final class OpenDeliveries {

  /// More are counted as this many and one: an outage can leave millions.
  public static final int MAX_COUNT = 10_000;

  private static final String COUNT =
      """
      select count(*) filter (where schedule_step = 0) as pending,
             count(*) filter (where schedule_step > 0) as retrying
      from (
        select schedule_step from open_delivery
        where company_id = :company and (:endpoint::uuid is null or endpoint_id = :endpoint::uuid)
        limit :max
      ) as counted
      """;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public OpenDeliveries(Transactions transactions) {
    this.transactions = transactions;
  }

  /// How many deliveries are open, up to [#MAX_COUNT] and one.
  ///
  /// @param pending without an attempt since the retry schedule began
  /// @param retrying with a failed attempt, waiting for the next one
  public record Counts(long pending, long retrying) {

    /// Whether there are more than were counted.
    public boolean isCapped() {
      return pending + retrying > MAX_COUNT;
    }
  }

  /// Counts the open deliveries of a company.
  ///
  /// @param endpointId counts those to one endpoint; null for all
  public Counts count(long companyId, @Nullable UUID endpointId) {
    return transactions.read(connection ->
        Jdbi.open(connection)
            .createQuery(COUNT)
            .bind("company", companyId)
            .bind("endpoint", endpointId)
            .bind("max", MAX_COUNT + 1)
            .map((row, _) -> new Counts(row.getLong("pending"), row.getLong("retrying")))
            .one());
  }
}
