package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Grouping;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Every stored event was published, byte for byte, and fanned out to exactly the deliveries that
/// its company's configuration requires.
final class EventInvariants {

  private final RunHistory history;
  private final Violations violations;
  private final Map<Integer, Source> sourcesByItem = new HashMap<>();

  /// The publish calls that an item came from.
  private record Source(
      PublishedEvent publishedEvent,
      PublishedEvent.EventItem eventItem,
      List<PublishCall> publishCalls) {}

  EventInvariants(RunHistory history, Violations violations) {
    this.history = history;
    this.violations = violations;
    for (PublishCall publishCall : history.publishCalls()) {
      for (PublishedEvent publishedEvent : publishCall.publishRequest().events()) {
        for (PublishedEvent.EventItem eventItem : publishedEvent.items()) {
          sourcesByItem
              .computeIfAbsent(
                  PublishRequestFactory.itemNumber(eventItem),
                  _ -> new Source(publishedEvent, eventItem, new ArrayList<>(1)))
              .publishCalls()
              .add(publishCall);
        }
      }
    }
  }

  void check() {
    for (NewEvent newEvent : history.world().ledger().events()) {
      Event event = newEvent.event();
      if (!isTest(event)) {
        check(event);
      }
    }
  }

  private boolean isTest(Event event) {
    return history.deliveriesOf(event.id()).stream()
        .anyMatch(delivery -> delivery.info().trigger() == Trigger.TEST);
  }

  private void check(Event event) {
    List<Source> sources = new ArrayList<>(1);
    for (Integer number : PublishRequestFactory.itemNumbers(event.data())) {
      Source source = sourcesByItem.get(number);
      if (source != null) {
        sources.add(source);
      }
    }
    if (sources.isEmpty()) {
      violations.add("event " + event.id() + " matches no publish call");
      return;
    }
    checkContent(event, sources);
    checkFanOut(event, sources.getFirst());
  }

  private void checkContent(Event event, List<Source> sources) {
    byte[] published =
        Grouping.joinItems(sources.stream().map(source -> source.eventItem().data()).toList());
    violations.addUnless(
        Arrays.equals(published, event.data()),
        () -> "event " + event.id() + " has other bytes than were published");
    for (Source source : sources) {
      violations.addUnless(
          source.publishedEvent().companyId() == event.companyId()
              && source.publishedEvent().type().name().equals(event.type()),
          () -> "event " + event.id() + " has another company or type than was published");
    }
  }

  /// The deliveries are those of a configuration between the publish call and its result.
  private void checkFanOut(Event event, Source source) {
    Map<UUID, String> actual = new HashMap<>();
    for (SimulatedDelivery delivery : history.deliveriesOf(event.id())) {
      String duplicate =
          actual.put(
              delivery.info().endpointId(),
              delivery.info().eventName() + delivery.info().skipReason());
      violations.addUnless(
          duplicate == null, () -> "event " + event.id() + " has two deliveries to one endpoint");
    }
    long from = Long.MAX_VALUE;
    long to = -1;
    for (PublishCall publishCall : source.publishCalls()) {
      from = Math.min(from, publishCall.configVersionBefore());
      to = Math.max(to, latestConfigVersion(publishCall));
    }
    boolean isExplained = false;
    for (long version = from; version <= to && !isExplained; version++) {
      isExplained = actual.equals(expectedFanOut(version, event));
    }
    String versions = from + " to " + to;
    violations.addUnless(
        isExplained,
        () ->
            "event " + event.id() + " fanned out to " + actual + " with configuration " + versions);
  }

  private long latestConfigVersion(PublishCall publishCall) {
    return publishCall.isAnswered()
        ? publishCall.configVersionAfter()
        : history.configuration().version();
  }

  private @Nullable Map<UUID, String> expectedFanOut(long version, Event event) {
    CompanyConfig company = history.configuration().configAt(version, event.companyId());
    EventType type = SimulatedEventTypes.find(event.type());
    if (company == null || type == null) {
      return null;
    }
    Map<UUID, String> expected = new HashMap<>();
    for (Endpoint endpoint : company.endpoints()) {
      String name = endpoint.deleted() ? null : endpoint.subscribedNameFor(type);
      if (name != null) {
        expected.put(endpoint.id(), name + company.blockReason(endpoint));
      }
    }
    return expected;
  }
}
