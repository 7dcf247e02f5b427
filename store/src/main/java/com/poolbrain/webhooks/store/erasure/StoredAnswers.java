package com.poolbrain.webhooks.store.erasure;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The stored responses to the ended deliveries of events.
final class StoredAnswers {

  private static final String LOCK =
      """
      select d.id
      from unnest(:events::uuid[], :ends::uuid[]) as k (event_id, before)
      cross join lateral (
        select id from delivery
        where company_id = :company and id >= k.event_id and id < k.before
          and event_id = k.event_id
        order by id
        for update) as d
      order by d.id
      """;

  private static final String ERASE_INLINE =
      """
      update delivery set response_body = null
      where company_id = :company and id = any(:ids::uuid[]) and id >= :first and id <= :last
        and response_body is not null
      """;

  private static final String ERASE_OF_ATTEMPTS =
      """
      update attempt set response_body = null, response_headers = null, detail = null
      where company_id = :company and delivery_id = any(:ids::uuid[])
        and delivery_id >= :first and delivery_id <= :last
      """;

  private StoredAnswers() {}

  /// Locks the ended deliveries of events, which a redelivery locks too.
  ///
  /// @return their ids, ascending
  static List<UUID> lock(Handle handle, long companyId, List<UUID> events) {
    return handle
        .createQuery(LOCK)
        .bind("company", companyId)
        .bind("events", ColumnValues.uuidArray(events))
        .bind(
            "ends",
            ColumnValues.uuidArray(
                events.stream().map(OpenDeliveryCanceller::maxDeliveryId).toList()))
        .mapTo(UUID.class)
        .list();
  }

  /// Removes the responses of all attempts of these deliveries.
  ///
  /// @param deliveries ascending
  static void erase(Handle handle, long companyId, List<UUID> deliveries) {
    if (deliveries.isEmpty()) {
      return;
    }
    for (String statement : List.of(ERASE_INLINE, ERASE_OF_ATTEMPTS)) {
      handle
          .createUpdate(statement)
          .bind("company", companyId)
          .bind("ids", ColumnValues.uuidArray(deliveries))
          .bind("first", deliveries.getFirst())
          .bind("last", deliveries.getLast())
          .execute();
    }
  }
}
