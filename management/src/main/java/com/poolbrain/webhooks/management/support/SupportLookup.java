package com.poolbrain.webhooks.management.support;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.history.EndpointVersion;
import com.poolbrain.webhooks.domain.history.Retention;
import com.poolbrain.webhooks.domain.history.RoutedEvent;
import com.poolbrain.webhooks.domain.history.RoutedEvent.Skip;
import com.poolbrain.webhooks.domain.history.RoutingDecision;
import com.poolbrain.webhooks.domain.history.RoutingExplanation;
import com.poolbrain.webhooks.domain.history.RoutingHistory;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.support.EventTimeline.EndpointTimeline;
import com.poolbrain.webhooks.store.config.EndpointHistory;
import com.poolbrain.webhooks.store.config.EndpointHistory.CompanyHistory;
import com.poolbrain.webhooks.store.config.EndpointHistory.UrlPeriod;
import com.poolbrain.webhooks.store.query.DeliveryTimeline;
import com.poolbrain.webhooks.store.query.EventLookup;
import com.poolbrain.webhooks.store.query.EventLookup.EventPage;
import com.poolbrain.webhooks.store.query.EventPeriod;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.store.query.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Explains what became of events: their deliveries with all attempts, and for every endpoint of
/// the company why it got them or did not. For operators, over all companies. It shows no secret.
///
/// ```java
/// LookupPage found = lookup.byId(principal, id);
/// found.events().getFirst().endpoints().forEach(endpoint -> print(endpoint.explanation()));
/// ```
public final class SupportLookup {

  /// Events of one page.
  public static final int MAX_EVENTS = 50;

  /// A page ends before the event that would exceed this number of deliveries.
  private static final int MAX_DELIVERIES = 200;

  /// Endpoints that were deleted longer before an event are not listed.
  private static final Duration DELETED_BEFORE = Duration.ofDays(30);

  private final EventLookup events;
  private final EndpointHistory history;
  private final Function<String, @Nullable EventType> eventTypes;
  private final Retention retention;
  private final InstantSource clock;

  /// @param eventTypes finds types by name
  public SupportLookup(
      EventLookup events,
      EndpointHistory history,
      Function<String, @Nullable EventType> eventTypes,
      Retention retention,
      InstantSource clock) {
    this.events = events;
    this.history = history;
    this.eventTypes = eventTypes;
    this.retention = retention;
    this.clock = clock;
  }

  /// The event with this id, or the event of the delivery with this id.
  ///
  /// @throws NotFound if there is none
  public LookupPage byId(Principal principal, UUID id) {
    Operation.LOOK_UP_EVENTS.require(principal);
    StoredEvent event = events.find(id);
    if (event == null) {
      throw retention.isExpired(id, clock.instant())
          ? NotFound.expired("event or delivery", id, retention)
          : NotFound.eventOrDelivery(id);
    }
    return new LookupPage(timelines(List.of(event)), null);
  }

  /// All events of the companies of which an endpoint had the URL: those accepted in the window,
  /// and those whose `timestamp` lies in it and that were accepted within a day of that.
  ///
  /// @param below where the page before ended; null for the first page
  /// @throws NotFound if all of the window is older than the retention
  public LookupPage byUrl(Principal principal, UrlLookup lookup, @Nullable UUID below, int limit) {
    Operation.LOOK_UP_EVENTS.require(principal);
    Instant latest = lookup.to().plus(EventPeriod.MAX_DELAY);
    if (retention.isExpired(UuidV7.of(latest.toEpochMilli(), 0, 0), clock.instant())) {
      throw NotFound.expiredTime(lookup.at(), retention);
    }
    List<UrlPeriod> periods = history.periodsOf(lookup.url(), lookup.companyId(), latest);
    EventPeriod period = eventPeriod(lookup, periods);
    if (period.companies().isEmpty() && period.lateCompanies().isEmpty()) {
      return new LookupPage(List.of(), null);
    }
    EventPage page = events.list(period, below, Math.min(limit, MAX_EVENTS));
    List<StoredEvent> found =
        page.events().stream().filter(event -> isMatch(event, period, periods)).toList();
    List<StoredEvent> kept = withinLimit(found);
    return kept.size() < found.size()
        ? new LookupPage(timelines(kept), kept.getLast().id())
        : new LookupPage(timelines(found), page.next());
  }

  private static EventPeriod eventPeriod(UrlLookup lookup, List<UrlPeriod> periods) {
    Set<Long> companies = companiesWithin(periods, lookup.from(), lookup.to());
    Set<Long> lateCompanies =
        companiesWithin(
            periods,
            lookup.from().minus(EventPeriod.MAX_DELAY),
            lookup.to().plus(EventPeriod.MAX_DELAY));
    return new EventPeriod(companies, lateCompanies, lookup.from(), lookup.to());
  }

  private static Set<Long> companiesWithin(List<UrlPeriod> periods, Instant from, Instant to) {
    return periods.stream()
        .filter(period -> period.intersects(from, to))
        .map(UrlPeriod::companyId)
        .collect(Collectors.toSet());
  }

  /// An endpoint of the company had the URL in the window, or when the event was accepted.
  private static boolean isMatch(StoredEvent event, EventPeriod period, List<UrlPeriod> periods) {
    return period.companies().contains(event.companyId())
        || periods.stream()
            .anyMatch(p ->
                p.companyId() == event.companyId()
                    && p.intersects(event.acceptedAt(), event.acceptedAt()));
  }

  /// The first events that together have not too many deliveries, but at least one event.
  private List<StoredEvent> withinLimit(List<StoredEvent> found) {
    Map<UUID, List<UUID>> ids = new HashMap<>();
    byCompany(found)
        .forEach((company, ofCompany) -> ids.putAll(events.deliveryIds(company, ofCompany)));
    int deliveries = 0;
    for (int i = 0; i < found.size(); i++) {
      deliveries += ids.getOrDefault(found.get(i).id(), List.of()).size();
      if (i > 0 && deliveries > MAX_DELIVERIES) {
        return found.subList(0, i);
      }
    }
    return found;
  }

  private static Map<Long, List<StoredEvent>> byCompany(List<StoredEvent> found) {
    return found.stream().collect(Collectors.groupingBy(StoredEvent::companyId));
  }

  private List<EventTimeline> timelines(List<StoredEvent> found) {
    Map<UUID, EventTimeline> timelines = new HashMap<>();
    byCompany(found).forEach((company, ofCompany) -> addTimelines(company, ofCompany, timelines));
    return found.stream().map(event -> timelines.get(event.id())).toList();
  }

  private void addTimelines(
      long companyId, List<StoredEvent> found, Map<UUID, EventTimeline> timelines) {
    Map<UUID, List<UUID>> ids = events.deliveryIds(companyId, found);
    Map<UUID, List<DeliveryTimeline>> deliveries =
        events.timelines(companyId, ids.values().stream().flatMap(List::stream).toList()).stream()
            .collect(Collectors.groupingBy(timeline -> timeline.delivery().eventId()));
    CompanyHistory company = null;
    List<StoredEvent> oldestFirst = found.reversed();
    for (StoredEvent event : oldestFirst) {
      if (company == null || event.configVersion() > company.completeUpTo()) {
        company =
            history.around(
                companyId,
                event.configVersion(),
                oldestFirst.getFirst().acceptedAt().minus(DELETED_BEFORE));
      }
      timelines.put(
          event.id(),
          new EventTimeline(
              event, explain(event, company, deliveries.getOrDefault(event.id(), List.of()))));
    }
  }

  private List<EndpointTimeline> explain(
      StoredEvent event, CompanyHistory company, List<DeliveryTimeline> deliveries) {
    Map<UUID, DeliveryTimeline> byEndpoint =
        deliveries.stream()
            .collect(
                Collectors.toMap(t -> t.delivery().endpointId(), Function.identity(), (a, _) -> a));
    boolean isTest = deliveries.stream().anyMatch(timeline -> timeline.delivery().isTest());
    List<EndpointTimeline> endpoints = new ArrayList<>();
    company
        .endpoints()
        .forEach((id, versions) -> {
          DeliveryTimeline delivery = byEndpoint.get(id);
          if (!isTest || delivery != null) {
            endpoints.add(
                new EndpointTimeline(
                    id,
                    urlAt(event, versions),
                    isTest
                        ? new RoutingExplanation(
                            RoutingDecision.SELECTED, "It was a test, sent to this endpoint only.")
                        : explain(event, new RoutingHistory(company.company(), versions), delivery),
                    delivery));
          }
        });
    return endpoints;
  }

  private RoutingExplanation explain(
      StoredEvent event, RoutingHistory routingHistory, @Nullable DeliveryTimeline delivery) {
    EventType known = eventTypes.apply(event.type());
    EventType type = known == null ? new EventType(event.type(), List.of(), false) : known;
    return routingHistory.explain(
        new RoutedEvent(
            type, event.configVersion(), delivery == null ? null : skip(delivery.delivery())));
  }

  private static @Nullable Skip skip(LoggedDelivery delivery) {
    return delivery.skipReason() == null || delivery.endedAt() == null
        ? null
        : new Skip(delivery.skipReason(), delivery.endedAt());
  }

  private static String urlAt(StoredEvent event, List<EndpointVersion> versions) {
    String url = versions.getFirst().endpoint().url().toString();
    for (EndpointVersion version : versions) {
      if (version.endpoint().version() <= event.configVersion()) {
        url = version.endpoint().url().toString();
      }
    }
    return url;
  }
}
