package com.poolbrain.webhooks.store.erasure;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Ends open deliveries that no node owns as cancelled, whatever their endpoint and trigger. A
/// delivery that a node owns is left to it: that node cancels it, or ends its running attempt.
final class OpenDeliveryCanceller {

  /// A delivery whose id was generated later than its event's is found within this time of it.
  private static final Duration MAX_DELIVERY_ID_DELAY = Duration.ofSeconds(10);

  private static final String END_PICKED =
      """
      , removed as (
        delete from open_delivery using picked
        where open_delivery.company_id = picked.company_id and open_delivery.id = picked.id
        returning open_delivery.*
      ), ended as (
        insert into delivery (company_id, ended_at, schedule_step, attempt_count, test, id,
          event_id, endpoint_id, job_id, event_name, status, skip_reason)
        select company_id, now(), schedule_step, attempt_count, trigger = 'test', id, event_id,
          endpoint_id, job_id, event_name, 'skipped', 'cancelled'
        from removed
        where trigger <> 'manual' -- a reopened one has ended before
        order by company_id, id
      )
      select endpoint_id, id, event_name from removed where trigger = 'automatic' order by id
      """;

  private static final String CANCEL_OF_EVENTS =
      """
      with picked as materialized (
        select o.company_id, o.id
        from unnest(:events::uuid[], :ends::uuid[]) as k (event_id, before)
        cross join lateral (
          select company_id, id from open_delivery
          where company_id = :company and id >= k.event_id and id < k.before
            and event_id = k.event_id and owner is null
          order by id
          for update) as o
      )
      """
          + END_PICKED;

  private static final String COUNT_OF_EVENTS =
      """
      select count(*)
      from unnest(:events::uuid[], :ends::uuid[]) as k (event_id, before)
      cross join lateral (
        select id from open_delivery
        where company_id = :company and id >= k.event_id and id < k.before
          and event_id = k.event_id) as o
      """;

  private static final String CANCEL_OF_COMPANY =
      """
      with picked as materialized (
        select company_id, id from open_delivery
        where company_id = :company and owner is null
        order by id limit :limit
        for update skip locked
      )
      """
          + END_PICKED;

  private static final String HAS_OPEN =
      """
      select exists (select from open_delivery where company_id = :company)
      """;

  private final Consumer<DeliveriesSkipped> onSkipped;

  /// @param onSkipped gets what was skipped, for metrics, log and statistics
  OpenDeliveryCanceller(Consumer<DeliveriesSkipped> onSkipped) {
    this.onSkipped = onSkipped;
  }

  /// Cancels the open deliveries of events.
  ///
  /// @return how many are left, because nodes own them
  long cancelOfEvents(Handle handle, long companyId, List<UUID> eventIds) {
    List<UUID> ends = eventIds.stream().map(OpenDeliveryCanceller::maxDeliveryId).toList();
    report(
        companyId,
        handle
            .createQuery(CANCEL_OF_EVENTS)
            .bind("company", companyId)
            .bind("events", ColumnValues.uuidArray(eventIds))
            .bind("ends", ColumnValues.uuidArray(ends))
            .map((row, _) ->
                Map.entry(
                    ColumnValues.uuid(row, "endpoint_id"),
                    new SkippedDelivery(ColumnValues.uuid(row, "id"), row.getString("event_name"))))
            .list());
    return handle
        .createQuery(COUNT_OF_EVENTS)
        .bind("company", companyId)
        .bind("events", ColumnValues.uuidArray(eventIds))
        .bind("ends", ColumnValues.uuidArray(ends))
        .mapTo(Long.class)
        .one();
  }

  /// Cancels open deliveries of a company.
  ///
  /// @return how many were cancelled, at most `limit`
  int cancelOfCompany(Handle handle, long companyId, int limit) {
    List<Map.Entry<UUID, SkippedDelivery>> skipped =
        handle
            .createQuery(CANCEL_OF_COMPANY)
            .bind("company", companyId)
            .bind("limit", limit)
            .map((row, _) ->
                Map.entry(
                    ColumnValues.uuid(row, "endpoint_id"),
                    new SkippedDelivery(ColumnValues.uuid(row, "id"), row.getString("event_name"))))
            .list();
    report(companyId, skipped);
    return skipped.size();
  }

  boolean hasOpen(Handle handle, long companyId) {
    return handle.createQuery(HAS_OPEN).bind("company", companyId).mapTo(Boolean.class).one();
  }

  private void report(long companyId, List<Map.Entry<UUID, SkippedDelivery>> skipped) {
    Map<UUID, List<SkippedDelivery>> byEndpoint = new LinkedHashMap<>();
    skipped.forEach(entry ->
        byEndpoint.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue()));
    byEndpoint.forEach((endpoint, deliveries) ->
        onSkipped.accept(
            new DeliveriesSkipped(companyId, endpoint, SkipReason.CANCELLED, deliveries)));
  }

  /// The end of the ids that deliveries of an event can have.
  static UUID maxDeliveryId(UUID eventId) {
    return UuidV7.lowerBound(UuidV7.instantOf(eventId).plus(MAX_DELIVERY_ID_DELAY));
  }
}
