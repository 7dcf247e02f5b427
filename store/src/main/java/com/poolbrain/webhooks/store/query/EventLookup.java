package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Finds events of any company, with what became of their deliveries.
public final class EventLookup {

  private static final String FIND_EVENT =
      """
      select id, company_id, type, occurred_at, items, config_version from event where id = :id
      """;

  /// A delivery gets its id soon after its event. So its company is one of those that had an event
  /// shortly before.
  private static final String FIND_EVENT_OF_DELIVERY =
      """
      with companies as materialized (
        select distinct company_id from (
          select company_id from event
          where id >= :since and id <= :id order by id desc limit :max_rows) as latest
      )
      select coalesce(o.event_id, d.event_id) as event_id
      from companies as c
      left join lateral (
        select event_id from open_delivery
        where company_id = c.company_id and open_delivery.id = :id limit 1) as o on true
      left join lateral (
        select event_id from delivery
        where company_id = c.company_id and delivery.id = :id limit 1) as d on true
      where coalesce(o.event_id, d.event_id) is not null
      limit 1
      """;

  /// The last scanned row is always returned.
  private static final String FIND_ACCEPTED =
      """
      with scanned as materialized (
        select id, company_id, type, occurred_at, items, config_version
        from event
        where id >= :first and id < :before
        order by id desc
        limit :max_rows
      ), last as (
        select count(*) as scanned, (array_agg(id order by id))[1] as id from scanned
      )
      select s.*, l.scanned
      from scanned as s, last as l
      where s.company_id = any (:companies) or s.id = l.id
      order by s.id desc
      """;

  /// Uses the index of the business time, not that of the ids.
  private static final String FIND_LATE =
      """
      with found as materialized (
        select id, company_id, type, occurred_at, items, config_version
        from event
        where company_id = any (:companies) and occurred_at >= :from and occurred_at <= :to
          and id >= :earliest and id < :before and not (id >= :first and id < :end)
          and abs(extract(epoch from occurred_at) * 1000
            - ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint) <= :max_delay
      )
      select * from found order by id desc limit :limit
      """;

  private static final List<Duration> DELIVERY_ID_DELAYS =
      List.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10));

  /// More events than are accepted within the longest of these delays.
  private static final int MAX_SCANNED_FOR_DELIVERY = 50_000;

  /// A page that scans so many events takes up to 0.1 s; the scenario `queries` of the bench would
  /// notice.
  private static final int MAX_SCANNED = 20_000;

  private static final int MAX_ATTEMPTS = 100;
  private static final Comparator<StoredEvent> NEWEST_FIRST =
      Comparator.comparing(StoredEvent::id, UuidV7.ORDER).reversed();

  private final Transactions transactions;
  private final RunningAttempts runningAttempts;
  private final int maxScanned;

  /// @param transactions with a statement timeout of a few seconds
  public EventLookup(Transactions transactions, RunningAttempts runningAttempts) {
    this(transactions, runningAttempts, MAX_SCANNED);
  }

  /// @param maxScanned how many events are scanned for one page
  EventLookup(Transactions transactions, RunningAttempts runningAttempts, int maxScanned) {
    this.transactions = transactions;
    this.runningAttempts = runningAttempts;
    this.maxScanned = maxScanned;
  }

  /// One page of events, newest first.
  ///
  /// @param next where the next page begins: with smaller ids; null if this is the last one
  public record EventPage(List<StoredEvent> events, @Nullable UUID next) {

    public EventPage {
      events = List.copyOf(events);
    }
  }

  /// The event with this id, or of the delivery with this id; null if there is none.
  public @Nullable StoredEvent find(UUID id) {
    return transactions.read(connection -> {
      Handle handle = Jdbi.open(connection);
      StoredEvent event = findEvent(handle, id);
      for (Duration delay : DELIVERY_ID_DELAYS) {
        event = event == null ? findByDelivery(handle, id, delay) : event;
      }
      return event;
    });
  }

  private static @Nullable StoredEvent findEvent(Handle handle, UUID id) {
    return handle
        .createQuery(FIND_EVENT)
        .bind("id", id)
        .map((row, _) -> mapEvent(row))
        .findOne()
        .orElse(null);
  }

  private static @Nullable StoredEvent findByDelivery(Handle handle, UUID id, Duration delay) {
    return handle
        .createQuery(FIND_EVENT_OF_DELIVERY)
        .bind("id", id)
        .bind("since", UuidV7.lowerBound(UuidV7.instantOf(id).minus(delay)))
        .bind("max_rows", MAX_SCANNED_FOR_DELIVERY)
        .map((row, _) -> ColumnValues.uuid(row, "event_id"))
        .findOne()
        .map(eventId -> findEvent(handle, eventId))
        .orElse(null);
  }

  /// The events of a period.
  ///
  /// @param below ids of the page are smaller; null for the first page
  public EventPage list(EventPeriod period, @Nullable UUID below, int limit) {
    return transactions.read(connection -> {
      Handle handle = Jdbi.open(connection);
      EventPage accepted = findAccepted(handle, period, below, limit);
      EventPage late = findLate(handle, period, below, limit);
      UUID completeTo = later(accepted.next(), late.next());
      List<StoredEvent> complete =
          Stream.concat(accepted.events().stream(), late.events().stream())
              .filter(e -> completeTo == null || UuidV7.ORDER.compare(e.id(), completeTo) >= 0)
              .sorted(NEWEST_FIRST)
              .toList();
      return complete.size() > limit
          ? new EventPage(complete.subList(0, limit), complete.get(limit - 1).id())
          : new EventPage(complete, completeTo);
    });
  }

  private static @Nullable UUID later(@Nullable UUID a, @Nullable UUID b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return UuidV7.max(a, b);
  }

  private static UUID smaller(UUID end, @Nullable UUID below) {
    return below == null ? end : UuidV7.min(end, below);
  }

  private EventPage findAccepted(
      Handle handle, EventPeriod period, @Nullable UUID below, int limit) {
    record Scanned(StoredEvent event, int scanned) {}
    List<Scanned> rows =
        period.companies().isEmpty()
            ? List.of()
            : handle
                .createQuery(FIND_ACCEPTED)
                .bind("companies", ColumnValues.longArray(period.companies()))
                .bind("first", period.first())
                .bind("before", smaller(period.end(), below))
                .bind("max_rows", maxScanned)
                .map((row, _) -> new Scanned(mapEvent(row), row.getInt("scanned")))
                .list();
    boolean isComplete = rows.isEmpty() || rows.getLast().scanned() < maxScanned;
    List<StoredEvent> found =
        rows.stream()
            .map(Scanned::event)
            .filter(event -> period.companies().contains(event.companyId()))
            .limit(limit + 1L)
            .toList();
    if (found.size() > limit) {
      return new EventPage(found, found.getLast().id());
    }
    return new EventPage(found, isComplete ? null : rows.getLast().event().id());
  }

  private static EventPage findLate(
      Handle handle, EventPeriod period, @Nullable UUID below, int limit) {
    Set<Long> companies = new HashSet<>(period.companies());
    companies.addAll(period.lateCompanies());
    List<StoredEvent> found =
        handle
            .createQuery(FIND_LATE)
            .bind("companies", ColumnValues.longArray(companies))
            .bind("from", period.from())
            .bind("to", period.to())
            .bind("first", period.first())
            .bind("end", period.end())
            .bind("earliest", period.earliest())
            .bind("before", smaller(period.latest(), below))
            .bind("max_delay", EventPeriod.MAX_DELAY.toMillis())
            .bind("limit", limit + 1)
            .map((row, _) -> mapEvent(row))
            .list();
    return new EventPage(found, found.size() > limit ? found.getLast().id() : null);
  }

  /// The ids of the deliveries of each event of one company; events without deliveries are missing.
  public Map<UUID, List<UUID>> deliveryIds(long companyId, Collection<StoredEvent> events) {
    return transactions.read(connection -> {
      Map<UUID, List<UUID>> ids = new HashMap<>();
      new DeliverySearch(Jdbi.open(connection), companyId)
          .findDeliveries(events.stream().map(StoredEvent::id).toList())
          .forEach(hit ->
              ids.computeIfAbsent(hit.eventId(), _ -> new ArrayList<>()).add(hit.deliveryId()));
      return ids;
    });
  }

  /// Deliveries of one company with their latest attempts, in the order of their ids.
  public List<DeliveryTimeline> timelines(long companyId, Collection<UUID> deliveryIds) {
    return transactions.read(connection -> {
      var reader = new DeliveryReader(Jdbi.open(connection), companyId, runningAttempts);
      Map<UUID, LoggedDelivery> deliveries = new TreeMap<>(UuidV7.ORDER);
      reader.readDeliveries(deliveryIds).forEach(found -> deliveries.put(found.id(), found));
      Map<UUID, List<LoggedAttempt>> attempts =
          reader.readAttempts(deliveries.values(), MAX_ATTEMPTS);
      return deliveries.values().stream()
          .map(found -> new DeliveryTimeline(found, attempts.getOrDefault(found.id(), List.of())))
          .toList();
    });
  }

  private static StoredEvent mapEvent(ResultSet row) throws SQLException {
    return new StoredEvent(
        ColumnValues.uuid(row, "id"),
        row.getLong("company_id"),
        row.getString("type"),
        ColumnValues.instant(row, "occurred_at"),
        row.getInt("items"),
        row.getLong("config_version"));
  }
}
