package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds deliveries by the id of the delivery or the event, or by a search reference of the event:
/// a customer id, a job id, a job number.
final class DeliverySearch {

  private static final String FIND_EVENTS_BY_REF =
      """
      select event_id from event_ref
      where company_id = :company and ref = :ref and event_id <= :upTo
      order by event_id desc
      limit :limit
      """;

  /// The id of a delivery is generated soon after the id of its event. So a short range of the
  /// primary key contains all deliveries of an event.
  private static final String FIND_DELIVERIES_OF_EVENTS =
      """
      select k.event_id, d.id
      from unnest(:events::uuid[], :ends::uuid[]) as k (event_id, before)
      cross join lateral (
        select id from open_delivery
        where company_id = :company and id >= k.event_id and id < k.before
          and event_id = k.event_id
        union
        select id from delivery
        where company_id = :company and id >= k.event_id and id < k.before
          and event_id = k.event_id and id between :first and :last) as d
      """;

  private static final Duration MAX_DELIVERY_ID_DELAY = Duration.ofSeconds(10);
  private static final UUID MAX_ID = new UUID(-1, -1);
  private static final int EVENTS_PER_ROUND = 200;
  private static final int MAX_ROUNDS = 10;

  private final Handle handle;
  private final long companyId;

  DeliverySearch(Handle handle, long companyId) {
    this.handle = handle;
    this.companyId = companyId;
  }

  /// A found delivery with its event.
  record Hit(UUID eventId, UUID deliveryId) {

    /// Newest first, by event and then by delivery.
    static final Comparator<Hit> NEWEST_FIRST =
        Comparator.comparing(Hit::eventId, UuidV7.ORDER)
            .thenComparing(Hit::deliveryId, UuidV7.ORDER)
            .reversed();
  }

  /// A page of hits.
  ///
  /// @param next the start of the next page; null if this is the last page
  record SearchResult(List<Hit> hits, @Nullable Cursor next) {}

  /// The delivery with this id and the deliveries of the event with this id.
  Set<UUID> findById(UUID id) {
    Set<UUID> found = new LinkedHashSet<>();
    found.add(id);
    findDeliveries(List.of(id)).forEach(hit -> found.add(hit.deliveryId()));
    return found;
  }

  /// One page of the deliveries of events with this reference, newest events first.
  ///
  /// @param after the cursor of the previous page; null for the first page
  SearchResult findByRef(String ref, @Nullable Cursor after, int limit) {
    List<Hit> hits = new ArrayList<>();
    UUID maxEventId = after == null || after.eventId() == null ? MAX_ID : after.eventId();
    for (int i = 0; i < MAX_ROUNDS; i++) {
      List<UUID> eventIds = findEvents(ref, maxEventId);
      findDeliveries(eventIds).stream()
          .filter(hit -> !hits.contains(hit) && isAfter(hit, after))
          .sorted(Hit.NEWEST_FIRST)
          .forEach(hits::add);
      if (hits.size() > limit) {
        Hit last = hits.get(limit - 1);
        return new SearchResult(
            hits.subList(0, limit), new Cursor(last.deliveryId(), last.eventId()));
      }
      if (eventIds.size() < EVENTS_PER_ROUND) {
        return new SearchResult(hits, null);
      }
      maxEventId = eventIds.getLast();
    }
    return new SearchResult(hits, new Cursor(maxEventId, maxEventId));
  }

  private static boolean isAfter(Hit hit, @Nullable Cursor cursor) {
    return cursor == null
        || cursor.eventId() == null
        || Hit.NEWEST_FIRST.compare(hit, new Hit(cursor.eventId(), cursor.deliveryId())) > 0;
  }

  private List<UUID> findEvents(String ref, UUID maxEventId) {
    return handle
        .createQuery(FIND_EVENTS_BY_REF)
        .bind("company", companyId)
        .bind("ref", ref)
        .bind("upTo", maxEventId)
        .bind("limit", EVENTS_PER_ROUND)
        .map((row, _) -> ColumnValues.uuid(row, "event_id"))
        .list();
  }

  List<Hit> findDeliveries(List<UUID> eventIds) {
    if (eventIds.isEmpty()) {
      return List.of();
    }
    IdRange events = IdRange.of(eventIds);
    return new IdRange(events.first(), maxDeliveryId(events.last()))
        .bind(handle.createQuery(FIND_DELIVERIES_OF_EVENTS))
        .bind("company", companyId)
        .bind("events", ColumnValues.uuidArray(eventIds))
        .bind(
            "ends",
            ColumnValues.uuidArray(eventIds.stream().map(DeliverySearch::maxDeliveryId).toList()))
        .map((row, _) -> new Hit(ColumnValues.uuid(row, "event_id"), ColumnValues.uuid(row, "id")))
        .list();
  }

  private static UUID maxDeliveryId(UUID eventId) {
    return UuidV7.lowerBound(UuidV7.instantOf(eventId).plus(MAX_DELIVERY_ID_DELAY));
  }
}
