package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Grouping;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Every event on record is what somebody published, to the byte, and became exactly the deliveries
/// that it should.
final class EventChecks {

  private final Stage stage;
  private final Problems problems;
  private final Map<Integer, Source> sources = new HashMap<>();
  private final Map<UUID, List<Delivery>> byEvent = new HashMap<>();

  /// Where an item came from.
  private record Source(Part part, Part.Item item, List<Publication> publications) {}

  EventChecks(Stage stage, Problems problems) {
    this.stage = stage;
    this.problems = problems;
    for (Publication publication : stage.publications()) {
      for (Part part : publication.submission().parts()) {
        for (Part.Item item : part.items()) {
          sources
              .computeIfAbsent(
                  Submissions.number(item), _ -> new Source(part, item, new ArrayList<>(1)))
              .publications()
              .add(publication);
        }
      }
    }
    for (Delivery delivery : stage.world().ledger().deliveries()) {
      byEvent.computeIfAbsent(delivery.made().event().id(), _ -> new ArrayList<>(2)).add(delivery);
    }
  }

  void check() {
    for (NewEvent stored : stage.world().ledger().events()) {
      Event event = stored.event();
      if (!isTest(event)) {
        check(event);
      }
    }
  }

  private boolean isTest(Event event) {
    return byEvent.getOrDefault(event.id(), List.of()).stream()
        .anyMatch(delivery -> delivery.made().trigger() == Trigger.TEST);
  }

  private void check(Event event) {
    List<Source> from = new ArrayList<>(1);
    for (Integer number : Submissions.numbers(event.data())) {
      Source source = sources.get(number);
      if (source != null) {
        from.add(source);
      }
    }
    if (from.isEmpty()) {
      problems.add("event " + event.id() + " was published by nobody");
      return;
    }
    checkContent(event, from);
    checkFanOut(event, from.getFirst());
  }

  private void checkContent(Event event, List<Source> from) {
    byte[] published = Grouping.data(from.stream().map(source -> source.item().data()).toList());
    problems.unless(
        Arrays.equals(published, event.data()),
        () -> "event " + event.id() + " has other bytes than were published");
    for (Source source : from) {
      problems.unless(
          source.part().companyId() == event.companyId()
              && source.part().type().name().equals(event.type()),
          () -> "event " + event.id() + " has another company or type than was published");
    }
  }

  /// Some configuration between request and answer says so.
  private void checkFanOut(Event event, Source source) {
    Map<UUID, String> made = new HashMap<>();
    for (Delivery delivery : byEvent.getOrDefault(event.id(), List.of())) {
      String twin =
          made.put(delivery.made().endpointId(), delivery.made().name() + delivery.made().skip());
      problems.unless(twin == null, () -> "event " + event.id() + " goes to an endpoint twice");
    }
    long from = Long.MAX_VALUE;
    long to = -1;
    for (Publication publication : source.publications()) {
      from = Math.min(from, publication.versionBefore());
      to = Math.max(to, latestVersion(publication));
    }
    boolean explained = false;
    for (long version = from; version <= to && !explained; version++) {
      explained = made.equals(wanted(version, event));
    }
    String versions = from + " to " + to;
    problems.unless(
        explained, () -> "event " + event.id() + " went to " + made + " under " + versions);
  }

  private long latestVersion(Publication publication) {
    return publication.answered()
        ? publication.versionAfter()
        : stage.world().ledger().configuration().version();
  }

  private @Nullable Map<UUID, String> wanted(long version, Event event) {
    Subscriptions company = stage.world().ledger().configuration().at(version, event.companyId());
    EventType type = Types.named(event.type());
    if (company == null || type == null) {
      return null;
    }
    Map<UUID, String> wanted = new HashMap<>();
    for (Endpoint endpoint : company.endpoints()) {
      String name = endpoint.deleted() ? null : endpoint.nameFor(type);
      if (name != null) {
        wanted.put(endpoint.id(), name + company.closed(endpoint));
      }
    }
    return wanted;
  }
}
