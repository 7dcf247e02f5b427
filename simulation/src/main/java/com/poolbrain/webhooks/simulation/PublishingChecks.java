package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What was answered to publishers is true.
final class PublishingChecks {

  private final Stage stage;
  private final Problems problems;
  private final Map<Integer, Integer> storedByItem = new HashMap<>();
  private final Map<UUID, Event> events = new LinkedHashMap<>();
  private final Map<UUID, List<Delivery>> byEvent = new HashMap<>();

  PublishingChecks(Stage stage, Problems problems) {
    this.stage = stage;
    this.problems = problems;
    for (NewEvent event : stage.world().ledger().events()) {
      events.put(event.event().id(), event.event());
      for (Integer item : Submissions.numbers(event.event().data())) {
        storedByItem.merge(item, 1, Integer::sum);
      }
    }
    for (Delivery delivery : stage.world().ledger().deliveries()) {
      byEvent.computeIfAbsent(delivery.made().event().id(), _ -> new ArrayList<>()).add(delivery);
    }
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
      Set<Integer> arrived = new HashSet<>();
      for (UUID id : receipt.ids()) {
        Event event = events.get(id);
        if (event == null) {
          problems.add(name(publication) + " was accepted, but event " + id + " is not stored");
        } else {
          arrived.addAll(Submissions.numbers(event.data()));
        }
      }
      for (Part.Item item : parts.get(i).items()) {
        int number = Submissions.number(item);
        problems.unless(
            arrived.contains(number), () -> name(publication) + " was accepted without " + number);
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
        stored += storedByItem.containsKey(Submissions.number(item)) ? 1 : 0;
      }
    }
    return stored;
  }

  /// What came with a key is stored once, and what came without is stored as often as it was handed
  /// in, at most.
  private void checkNothingIsStoredTwice() {
    Map<Integer, Integer> allowed = new HashMap<>();
    for (Publication publication : stage.publications()) {
      boolean wholeKey = publication.submission().repeatable() != null;
      for (Part part : publication.submission().parts()) {
        boolean keyed = wholeKey || part.repeatable() != null;
        for (Part.Item item : part.items()) {
          allowed.merge(
              Submissions.number(item), 1, (before, one) -> keyed ? before : before + one);
        }
      }
    }
    storedByItem.forEach((item, stored) ->
        problems.unless(
            stored <= allowed.getOrDefault(item, 0),
            () -> "item " + item + " was stored " + stored + " times"));
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
}
