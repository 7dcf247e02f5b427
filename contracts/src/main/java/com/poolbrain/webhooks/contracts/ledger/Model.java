package com.poolbrain.webhooks.contracts.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of each delivery, in the plainest form that could be right.
final class Model {

  private final Map<UUID, Delivery> deliveries = new TreeMap<>();

  /// What a claim tells.
  record View(UUID id, Trigger trigger, int step, int attempts) {
    View(Claim claim) {
      this(claim.id(), claim.trigger(), claim.step(), claim.attempts());
    }
  }

  private static final class Delivery {
    private Trigger trigger = Trigger.AUTOMATIC;
    private boolean open = true;
    private @Nullable UUID owner;
    private Instant due = Instant.MIN;
    private int step;
    private int attempts;
    private @Nullable DeliveryStatus ended;
    private final Map<UUID, Settled> recorded = new HashMap<>();

    private DeliveryStatus status() {
      if (ended != null) {
        return ended;
      }
      return step == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
    }

    private boolean reopened() {
      return open && ended != null;
    }

    private void end(DeliveryStatus status) {
      ended = status;
      open = false;
      owner = null;
    }
  }

  private Delivery get(UUID id) {
    return Objects.requireNonNull(deliveries.get(id));
  }

  List<UUID> all() {
    return List.copyOf(deliveries.keySet());
  }

  void stored(NewDelivery stored, UUID node) {
    Delivery d = new Delivery();
    d.trigger = stored.trigger();
    d.owner = stored.owned() ? node : null;
    if (stored.skip() != null) {
      d.end(DeliveryStatus.SKIPPED);
    }
    deliveries.put(stored.id(), d);
  }

  List<UUID> due(Instant now) {
    return deliveries.entrySet().stream()
        .filter(e -> e.getValue().open && e.getValue().owner == null)
        .filter(e -> !e.getValue().due.isAfter(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }

  View claimed(UUID id, UUID node) {
    Delivery d = get(id);
    d.owner = node;
    return new View(
        id, d.reopened() ? Trigger.MANUAL : d.trigger, d.reopened() ? 0 : d.step, d.attempts);
  }

  @Nullable View reopen(UUID id, UUID node) {
    Delivery d = get(id);
    if (d.open && d.owner != null) {
      return null;
    }
    if (!d.open) {
      d.due = Instant.MIN;
    }
    d.open = true;
    d.owner = node;
    return new View(id, Trigger.MANUAL, d.reopened() ? 0 : d.step, d.attempts);
  }

  Cancelling cancel(UUID id) {
    Delivery d = get(id);
    if (!d.open) {
      return Cancelling.ENDED;
    }
    if (d.owner != null || d.reopened()) {
      return Cancelling.BUSY;
    }
    d.end(DeliveryStatus.SKIPPED);
    return Cancelling.CANCELLED;
  }

  void ended(UUID node) {
    deliveries.values().stream().filter(d -> node.equals(d.owner)).forEach(d -> d.owner = null);
  }

  int skip() {
    List<Delivery> some =
        deliveries.values().stream()
            .filter(d -> d.open && d.owner == null && !d.reopened())
            .filter(d -> d.trigger == Trigger.AUTOMATIC)
            .toList();
    some.forEach(d -> d.end(DeliveryStatus.SKIPPED));
    return some.size();
  }

  Settled settle(UUID node, Settlement settlement) {
    UUID id = settlement.claim().id();
    Delivery d = get(id);
    Attempt attempt = settlement.attempt();
    if (attempt != null && d.recorded.containsKey(attempt.id())) {
      Settled first = Objects.requireNonNull(d.recorded.get(attempt.id()));
      return new Settled(id, first.number(), d.status(), first.late());
    }
    boolean late = !d.open || !node.equals(d.owner);
    boolean success = attempt != null && attempt.outcome() instanceof Outcome.Delivered;
    if (attempt != null) {
      d.attempts++;
    }
    if (!late) {
      conclude(d, settlement);
    } else if (success) {
      deliverLate(d);
    }
    Settled settled = new Settled(id, attempt == null ? 0 : d.attempts, d.status(), late);
    if (attempt != null) {
      d.recorded.put(attempt.id(), settled);
    }
    return settled;
  }

  private static void deliverLate(Delivery d) {
    if (d.reopened()) {
      d.ended = DeliveryStatus.DELIVERED;
    } else {
      d.end(DeliveryStatus.DELIVERED);
    }
  }

  private static void conclude(Delivery d, Settlement settlement) {
    boolean made = settlement.attempt() != null;
    if (d.reopened()) {
      DeliveryStatus before = Objects.requireNonNull(d.ended);
      boolean failedNow = made && before == DeliveryStatus.SKIPPED;
      DeliveryStatus after =
          made && settlement.verdict() instanceof Verdict.Done
              ? DeliveryStatus.DELIVERED
              : failedNow ? DeliveryStatus.PERMANENTLY_FAILED : before;
      d.end(after);
      return;
    }
    switch (settlement.verdict()) {
      case Verdict.Done _ -> d.end(DeliveryStatus.DELIVERED);
      case Verdict.GiveUp _ -> d.end(DeliveryStatus.PERMANENTLY_FAILED);
      case Verdict.Skip _ -> d.end(DeliveryStatus.SKIPPED);
      case Verdict.Unchanged _ -> d.owner = null;
      case Verdict.RetryAt(var due) -> {
        Attempt attempt = settlement.attempt();
        d.step += attempt != null && attempt.trigger() == Trigger.AUTOMATIC ? 1 : 0;
        d.due = due;
        d.owner = null;
      }
    }
  }
}
