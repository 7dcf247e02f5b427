package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Grouping;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Acceptance.Rejected;
import com.poolbrain.webhooks.engine.Acceptance.Rejection;
import com.poolbrain.webhooks.engine.Acceptance.Why;
import com.poolbrain.webhooks.engine.Bundles.Piece;
import com.poolbrain.webhooks.engine.Planning.Answered;
import com.poolbrain.webhooks.engine.Planning.Planned;
import com.poolbrain.webhooks.engine.Planning.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Decides what a submission makes: which events its items become, and which deliveries they fan
/// out to under one version of the configuration.
final class Planner {

  private final Supplier<UUID> ids;
  private final InstantSource clock;

  Planner(Supplier<UUID> ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /// @param known what was answered to keys that are known already
  Planning plan(
      Submission submission,
      Directory directory,
      Map<IdempotencyKey, Remembered> known,
      Admission admission) {
    Repeats repeats = Repeats.of(submission, known);
    if (repeats.conflict() != null) {
      return new Refused(repeats.conflict());
    }
    if (repeats.whole() != null) {
      return new Answered(repeats.whole());
    }
    List<Rejection> rejections = unknownCompanies(submission.parts(), directory, repeats);
    return rejections.isEmpty()
        ? fanOut(submission, directory, repeats, admission)
        : new Refused(new Rejected(rejections));
  }

  private static List<Rejection> unknownCompanies(
      List<Part> parts, Directory directory, Repeats repeats) {
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (!repeats.has(i) && directory.company(parts.get(i).companyId()) == null) {
        rejections.add(new Rejection(i, Why.UNKNOWN_COMPANY));
      }
    }
    return rejections;
  }

  private Planning fanOut(
      Submission submission, Directory directory, Repeats repeats, Admission admission) {
    Instant now = clock.instant();
    List<NewEvent> events = new ArrayList<>();
    List<NewDelivery> deliveries = new ArrayList<>();
    Tally[] tallies = new Tally[submission.parts().size()];
    Arrays.setAll(tallies, _ -> new Tally());
    for (List<Piece> bundle : Bundles.of(submission.parts(), repeats::has)) {
      Part first = bundle.getFirst().part();
      NewEvent event = event(bundle, now);
      int before = deliveries.size();
      fanOut(event.event(), first, directory, deliveries);
      events.add(event);
      Tally.count(
          tallies, bundle, event.event().id(), deliveries.subList(before, deliveries.size()));
    }
    if (deliveries.size() > Limits.REQUEST_DELIVERIES) {
      return new Refused(new Rejected(List.of(new Rejection(-1, Why.TOO_MANY_DELIVERIES))));
    }
    deliveries.replaceAll(delivery -> placed(delivery, directory, admission));
    List<Receipt> receipts = receipts(submission.parts(), repeats, tallies);
    return new Planned(
        new Plan(events, deliveries, toRemember(submission, repeats, receipts)), receipts);
  }

  private NewEvent event(List<Piece> bundle, Instant now) {
    Part first = bundle.getFirst().part();
    Instant latest = null;
    List<byte[]> items = new ArrayList<>(bundle.size());
    List<String> refs = new ArrayList<>(bundle.size());
    for (Piece piece : bundle) {
      Instant occurred = piece.part().occurredAt() == null ? now : piece.part().occurredAt();
      latest = latest == null || occurred.isAfter(latest) ? occurred : latest;
      items.add(piece.item().data());
      refs.addAll(piece.item().refs());
    }
    return new NewEvent(
        new Event(
            ids.get(),
            first.companyId(),
            first.type().name(),
            latest == null ? now : latest,
            items.size(),
            Grouping.data(items)),
        refs);
  }

  private void fanOut(Event event, Part part, Directory directory, List<NewDelivery> deliveries) {
    Subscriptions subscriptions = directory.company(event.companyId());
    if (subscriptions == null) {
      throw new IllegalStateException("company " + event.companyId() + " vanished while planning");
    }
    for (Endpoint endpoint : subscriptions.endpoints()) {
      String name = endpoint.deleted() ? null : endpoint.nameFor(part.type());
      if (name != null) {
        deliveries.add(
            new NewDelivery(
                ids.get(),
                event,
                endpoint.id(),
                name,
                Trigger.AUTOMATIC,
                false,
                subscriptions.closed(endpoint)));
      }
    }
  }

  /// What can't be sent from here, for want of room or of a secret, is nobody's own.
  private static NewDelivery placed(
      NewDelivery delivery, Directory directory, Admission admission) {
    Event event = delivery.event();
    Directory.Place place = directory.place(delivery.endpointId());
    boolean owned =
        delivery.skip() == null
            && place != null
            && place.signs()
            && admission.admit(event.companyId(), delivery.endpointId(), event.data().length);
    return owned ? delivery.asOwned() : delivery;
  }

  private static List<Receipt> receipts(List<Part> parts, Repeats repeats, Tally[] tallies) {
    List<Receipt> receipts = new ArrayList<>(parts.size());
    for (int i = 0; i < tallies.length; i++) {
      receipts.add(
          repeats.has(i) ? repeats.receipt(i, receipts) : tallies[i].receipt(parts.get(i)));
    }
    return receipts;
  }

  private static Map<IdempotencyKey, Remembered> toRemember(
      Submission submission, Repeats repeats, List<Receipt> receipts) {
    Map<IdempotencyKey, Remembered> remember = new LinkedHashMap<>();
    var whole = submission.repeatable();
    if (whole != null) {
      remember.put(whole.key(), new Remembered(whole.fingerprint(), receipts));
    }
    for (int i = 0; i < receipts.size(); i++) {
      var own = submission.parts().get(i).repeatable();
      if (own != null && !repeats.has(i)) {
        remember.put(own.key(), new Remembered(own.fingerprint(), List.of(receipts.get(i))));
      }
    }
    return remember;
  }

  /// What the events of one object add up to.
  private static final class Tally {
    private final List<UUID> ids = new ArrayList<>(1);
    private int deliveries;
    private int skipped;

    static void count(Tally[] tallies, List<Piece> bundle, UUID event, List<NewDelivery> made) {
      int ended = (int) made.stream().filter(delivery -> delivery.skip() != null).count();
      int last = -1;
      for (Piece piece : bundle) {
        if (piece.index() != last) {
          last = piece.index();
          tallies[last].ids.add(event);
          tallies[last].skipped += ended;
          tallies[last].deliveries += made.size() - ended;
        }
      }
    }

    Receipt receipt(Part part) {
      return new Receipt(
          List.copyOf(ids), part.companyId(), part.type().name(), deliveries, skipped);
    }
  }
}
