package com.poolbrain.webhooks.store.notice;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Finds the endpoints whose notices go to an address.
public final class AlertAddresses {

  private static final String FIND =
      """
      select company_id, id from endpoint
      where deleted_at is null and :address = any (alert_emails)
        and (:id::uuid is null or id = :id::uuid)
      order by id
      limit :limit
      """;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public AlertAddresses(Transactions transactions) {
    this.transactions = transactions;
  }

  /// An endpoint with the address.
  public record Recipient(long companyId, UUID endpointId) {}

  /// The endpoints with an address, by id.
  ///
  /// @param endpointId null for all endpoints
  public List<Recipient> find(String address, @Nullable UUID endpointId, int limit) {
    return transactions.read(connection ->
        Jdbi.open(connection)
            .createQuery(FIND)
            .bind("address", address)
            .bind("id", endpointId)
            .bind("limit", limit)
            .map((row, _) -> new Recipient(row.getLong("company_id"), ColumnValues.uuid(row, "id")))
            .list());
  }
}
