package com.poolbrain.webhooks.store.log;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.internal.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds deliveries by what people have in their hands: the id of a delivery or an event, a
/// customer id, a job id, a job number.
final class Search {

  private static final String EVENTS_THAT_REFER =
      """
      select event_id from event_ref
      where company_id = :company and ref = :ref and event_id <= :upTo
      order by event_id desc
      limit :limit
      """;

  /// A delivery's id is made right after that of its event, so a short piece of the primary key
  /// holds all deliveries of an event.
  private static final String THEIR_DELIVERIES =
      """
      select k.event_id, d.id
      from unnest(:events::uuid[], :ends::uuid[]) as k (event_id, before)
      cross join lateral (
        select id from due
        where company_id = :company and id >= k.event_id and id < k.before
          and event_id = k.event_id
        union
        select id from delivery
        where company_id = :company and id >= k.event_id and id < k.before
          and event_id = k.event_id) as d
      """;

  private static final Duration LATEST = Duration.ofSeconds(10);
  private static final UUID AFTER_ALL = new UUID(-1, -1);
  private static final int EVENTS = 200;
  private static final int ROUNDS = 10;

  private final Handle handle;
  private final long company;

  Search(Handle handle, long company) {
    this.handle = handle;
    this.company = company;
  }

  /// A delivery that was found, by the event that led to it.
  record Hit(UUID event, UUID delivery) {

    /// Newest first, by event and then by delivery.
    static final Comparator<Hit> NEWEST_FIRST =
        Comparator.comparing(Hit::event, IdOrder::compare)
            .thenComparing(Hit::delivery, IdOrder::compare)
            .reversed();
  }

  /// What was found.
  ///
  /// @param next where the search goes on; null if it is at its end
  record Found(List<Hit> hits, @Nullable Position next) {}

  /// What somebody means by an id: the delivery, and the deliveries of the event.
  Set<UUID> byId(UUID id) {
    Set<UUID> found = new LinkedHashSet<>();
    found.add(id);
    deliveries(List.of(id)).forEach(hit -> found.add(hit.delivery()));
    return found;
  }

  /// Deliveries of events that refer to this, newest events first.
  ///
  /// @param after where to go on
  Found referring(String ref, @Nullable Position after, int limit) {
    List<Hit> hits = new ArrayList<>();
    UUID upTo = after == null || after.event() == null ? AFTER_ALL : after.event();
    for (int i = 0; i < ROUNDS; i++) {
      List<UUID> events = events(ref, upTo);
      deliveries(events).stream()
          .filter(hit -> !hits.contains(hit) && isAfter(hit, after))
          .sorted(Hit.NEWEST_FIRST)
          .forEach(hits::add);
      if (hits.size() > limit) {
        Hit last = hits.get(limit - 1);
        return new Found(hits.subList(0, limit), new Position(last.delivery(), last.event()));
      }
      if (events.size() < EVENTS) {
        return new Found(hits, null);
      }
      upTo = events.getLast();
    }
    return new Found(hits, new Position(upTo, upTo));
  }

  private static boolean isAfter(Hit hit, @Nullable Position position) {
    return position == null
        || position.event() == null
        || Hit.NEWEST_FIRST.compare(hit, new Hit(position.event(), position.delivery())) > 0;
  }

  private List<UUID> events(String ref, UUID upTo) {
    return handle
        .createQuery(EVENTS_THAT_REFER)
        .bind("company", company)
        .bind("ref", ref)
        .bind("upTo", upTo)
        .bind("limit", EVENTS)
        .map((row, _) -> Rows.uuid(row, "event_id"))
        .list();
  }

  private List<Hit> deliveries(List<UUID> events) {
    return handle
        .createQuery(THEIR_DELIVERIES)
        .bind("company", company)
        .bind("events", Rows.uuids(events))
        .bind("ends", Rows.uuids(events.stream().map(Search::end).toList()))
        .map((row, _) -> new Hit(Rows.uuid(row, "event_id"), Rows.uuid(row, "id")))
        .list();
  }

  private static UUID end(UUID event) {
    return UuidV7.floor(UuidV7.time(event).plus(LATEST));
  }
}
