package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was answered to publishers is true.
final class PublishingChecks {

  private final Stage stage;
  private final Problems problems;
  private final Map<String, List<Event>> byItem = new HashMap<>();
  private final Map<UUID, Event> events = new LinkedHashMap<>();
  private final Map<UUID, List<Delivery>> byEvent = new HashMap<>();

  PublishingChecks(Stage stage, Problems problems) {
    this.stage = stage;
    this.problems = problems;
    for (NewEvent event : stage.world().ledger().events()) {
      events.put(event.event().id(), event.event());
      for (String item : items(event.event().data())) {
        byItem.computeIfAbsent(item, _ -> new ArrayList<>()).add(event.event());
      }
    }
    for (Delivery delivery : stage.world().ledger().deliveries()) {
      byEvent.computeIfAbsent(delivery.made().event().id(), _ -> new ArrayList<>()).add(delivery);
    }
  }

  private static String number(Part.Item item) {
    return items(item.data()).getFirst();
  }

  private static List<String> items(byte[] data) {
    return Submissions.numbers(data);
  }

  void check() {
    for (Publication publication : stage.publications()) {
      if (!publication.answered()) {
        problems.unless(publication.node().dead(), () -> name(publication) + " was never answered");
        checkAllOrNothing(publication);
      } else if (publication.acceptance() instanceof Acceptance.Accepted(var receipts)) {
        checkAccepted(publication, receipts);
      } else if (publication.failure() != null) {
        checkFailed(publication, publication.failure());
      }
    }
    checkNothingIsStoredTwice();
    checkKeysAnswerTheSame();
    events.values().forEach(this::checkFanOut);
  }

  private static String name(Publication publication) {
    return "publication " + publication.number();
  }

  private void checkAccepted(Publication publication, List<Receipt> receipts) {
    List<Part> parts = publication.submission().parts();
    problems.unless(
        receipts.size() == parts.size(), () -> name(publication) + " has other receipts");
    for (int i = 0; i < receipts.size(); i++) {
      Receipt receipt = receipts.get(i);
      Set<String> arrived = new TreeSet<>();
      for (UUID id : receipt.ids()) {
        Event event = events.get(id);
        if (event == null) {
          problems.add(name(publication) + " was accepted, but event " + id + " is not stored");
        } else {
          arrived.addAll(items(event.data()));
        }
      }
      for (Part.Item item : parts.get(i).items()) {
        String text = number(item);
        problems.unless(
            arrived.contains(text), () -> name(publication) + " was accepted without " + text);
      }
      checkCounts(publication, receipt);
    }
  }

  private void checkCounts(Publication publication, Receipt receipt) {
    List<Delivery> made =
        receipt.ids().stream().flatMap(id -> byEvent.getOrDefault(id, List.of()).stream()).toList();
    long skipped = made.stream().filter(delivery -> delivery.made().skip() != null).count();
    problems.unless(
        skipped == receipt.skipped() && made.size() - skipped == receipt.deliveries(),
        () -> name(publication) + " was told " + receipt + ", but made " + made.size());
  }

  private void checkFailed(Publication publication, Throwable failure) {
    if (failure instanceof LedgerException.InDoubt) {
      checkAllOrNothing(publication);
    } else if (failure instanceof LedgerException.Away) {
      problems.unless(
          publication.submission().keys().isEmpty()
              ? stored(publication) == 0
              : true, // another publication with the same key may have been stored
          () -> name(publication) + " was told that nothing was stored, but it was");
    } else {
      problems.add(name(publication) + " met a bug: " + failure);
    }
  }

  private void checkAllOrNothing(Publication publication) {
    int stored = stored(publication);
    int all = publication.submission().parts().stream().mapToInt(p -> p.items().size()).sum();
    problems.unless(
        stored == 0 || stored == all || !publication.submission().keys().isEmpty(),
        () -> name(publication) + " was stored half: " + stored + " of " + all);
  }

  private int stored(Publication publication) {
    int stored = 0;
    for (Part part : publication.submission().parts()) {
      for (Part.Item item : part.items()) {
        stored += byItem.containsKey(number(item)) ? 1 : 0;
      }
    }
    return stored;
  }

  /// What came with a key is stored once, and what came without is stored as often as it was handed
  /// in, at most.
  private void checkNothingIsStoredTwice() {
    Map<String, Integer> allowed = new HashMap<>();
    for (Publication publication : stage.publications()) {
      boolean wholeKey = publication.submission().repeatable() != null;
      for (Part part : publication.submission().parts()) {
        boolean keyed = wholeKey || part.repeatable() != null;
        for (Part.Item item : part.items()) {
          allowed.merge(number(item), 1, (before, one) -> keyed ? before : before + one);
        }
      }
    }
    byItem.forEach((item, stored) ->
        problems.unless(
            stored.size() <= allowed.getOrDefault(item, 0),
            () -> item + " was stored " + stored.size() + " times"));
  }

  private void checkKeysAnswerTheSame() {
    Map<IdempotencyKey, Object> first = new HashMap<>();
    for (Publication publication : stage.publications()) {
      Submission.Repeatable whole = publication.submission().repeatable();
      if (whole != null && publication.acceptance() instanceof Acceptance.Accepted(var receipts)) {
        Object before = first.putIfAbsent(whole.key(), receipts);
        problems.unless(
            before == null || before.equals(receipts),
            () -> name(publication) + " got another answer than the first with its key");
      }
    }
  }

  /// Every event went exactly to the endpoints that some configuration between request and answer
  /// says.
  private void checkFanOut(Event event) {
    Map<UUID, String> made =
        byEvent.getOrDefault(event.id(), List.of()).stream()
            .collect(
                Collectors.toMap(
                    delivery -> delivery.made().endpointId(),
                    delivery -> delivery.made().name() + delivery.made().skip()));
    if (isTest(event)) {
      return;
    }
    List<Long> versions = possibleVersions(event);
    boolean explained = versions.stream().anyMatch(version -> made.equals(wanted(version, event)));
    problems.unless(
        explained, () -> "event " + event.id() + " went to " + made + " under " + versions);
  }

  private boolean isTest(Event event) {
    return byEvent.getOrDefault(event.id(), List.of()).stream()
        .anyMatch(delivery -> delivery.made().trigger().word().equals("test"));
  }

  private List<Long> possibleVersions(Event event) {
    long from = Long.MAX_VALUE;
    long to = -1;
    String item = items(event.data()).getFirst();
    for (Publication publication : stage.publications()) {
      if (mentions(publication, item)) {
        from = Math.min(from, publication.versionBefore());
        to =
            Math.max(
                to,
                publication.answered()
                    ? publication.versionAfter()
                    : stage.world().ledger().configuration().version());
      }
    }
    List<Long> versions = new ArrayList<>();
    for (long version = from; version <= to; version++) {
      versions.add(version);
    }
    return versions;
  }

  private static boolean mentions(Publication publication, String item) {
    return publication.submission().parts().stream()
        .flatMap(part -> part.items().stream())
        .anyMatch(i -> number(i).equals(item));
  }

  private @Nullable Map<UUID, String> wanted(long version, Event event) {
    Subscriptions company = stage.world().ledger().configuration().at(version, event.companyId());
    var type = Types.named(event.type());
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
