package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands on record about one delivery. One that somebody sends again by hand after it has
/// ended is both open and ended. Guarded by the lock of [SimulatedLedger].
final class Delivery {

  private final NewDelivery made;
  private final List<Recorded> attempts = new ArrayList<>();
  private boolean open;
  private @Nullable Ending ending;
  private @Nullable UUID owner;
  private int step;
  private Instant dueAt;
  private final Instant madeAt;
  private final List<Tenure> tenures = new ArrayList<>(2);

  /// Some time during which one life of a node owned it, by the store's clock.
  ///
  /// @param to when the life lost it because it was given up; null if it did not
  record Tenure(UUID owner, Instant from, @Nullable Instant to) {}

  Delivery(NewDelivery made, UUID accepting, Instant now) {
    this.made = made;
    this.dueAt = now;
    this.madeAt = now;
    SkipReason skip = made.skip();
    if (skip == null) {
      open = true;
      if (made.owned()) {
        own(accepting, now);
      }
    } else {
      ending = new Ending(DeliveryStatus.SKIPPED, skip, now);
    }
  }

  NewDelivery made() {
    return made;
  }

  UUID id() {
    return made.id();
  }

  /// By the store's clock.
  Instant madeAt() {
    return madeAt;
  }

  List<Recorded> attempts() {
    return attempts;
  }

  @Nullable Ending ending() {
    return ending;
  }

  @Nullable UUID owner() {
    return owner;
  }

  boolean open() {
    return open;
  }

  Instant dueAt() {
    return dueAt;
  }

  /// Whether it waits in the ledger for somebody to claim it.
  boolean waits() {
    return open && owner == null;
  }

  /// Whether the schedule, not a person, wants its next attempt.
  boolean bySchedule() {
    return open && ending == null && made.trigger() == Trigger.AUTOMATIC;
  }

  private void own(UUID by, Instant now) {
    owner = by;
    tenures.add(new Tenure(by, now, null));
  }

  /// Whose it was, one after the other.
  List<Tenure> tenures() {
    return tenures;
  }

  /// Its owner is dead.
  void free(Instant now) {
    Tenure last = tenures.removeLast();
    tenures.add(new Tenure(last.owner(), last.from(), now));
    owner = null;
  }

  Claim claim(UUID incarnation, Instant now) {
    own(incarnation, now);
    return claim(ending == null ? made.trigger() : Trigger.MANUAL);
  }

  /// Opens it for one manual attempt.
  Claim reopen(UUID incarnation, Instant now) {
    if (!open) {
      open = true;
      dueAt = now;
      step = 0;
    }
    own(incarnation, now);
    return claim(Trigger.MANUAL);
  }

  private Claim claim(Trigger trigger) {
    return new Claim(
        made.id(),
        made.event(),
        made.endpointId(),
        made.name(),
        trigger,
        step,
        attempts.size(),
        dueAt);
  }

  void skip(SkipReason reason, Instant now) {
    end(new Ending(DeliveryStatus.SKIPPED, reason, now));
  }

  Settled settle(UUID caller, Settlement settlement, Instant now) {
    Attempt attempt = settlement.attempt();
    for (Recorded known : attempts) {
      if (attempt != null && known.attempt().id().equals(attempt.id())) {
        return new Settled(id(), known.number(), status(), known.late());
      }
    }
    boolean late = !open || !caller.equals(owner);
    int number = 0;
    if (attempt != null) {
      number = attempts.size() + 1;
      attempts.add(new Recorded(number, late, attempt, settlement.verdict()));
    }
    if (!late) {
      conclude(settlement.verdict(), attempt, now);
    } else if (attempt != null && attempt.outcome() instanceof Outcome.Delivered) {
      end(new Ending(DeliveryStatus.DELIVERED, null, now), open && ending != null);
    }
    return new Settled(id(), number, status(), late);
  }

  private void conclude(Verdict verdict, @Nullable Attempt attempt, Instant now) {
    if (ending != null) {
      concludeByHand(verdict, attempt, now);
      return;
    }
    switch (verdict) {
      case Verdict.Done _ -> end(new Ending(DeliveryStatus.DELIVERED, null, now));
      case Verdict.GiveUp _ -> end(new Ending(DeliveryStatus.PERMANENTLY_FAILED, null, now));
      case Verdict.Skip(var reason) -> skip(reason, now);
      case Verdict.RetryAt(var due) -> {
        step += attempt != null && attempt.trigger() == Trigger.AUTOMATIC ? 1 : 0;
        dueAt = due;
        owner = null;
      }
      case Verdict.Unchanged _ -> owner = null;
    }
  }

  /// An attempt by hand can't open a delivery again: what is no success leaves it as it ended.
  private void concludeByHand(Verdict verdict, @Nullable Attempt attempt, Instant now) {
    open = false;
    owner = null;
    if (attempt != null && verdict instanceof Verdict.Done) {
      ending = new Ending(DeliveryStatus.DELIVERED, null, now);
    } else if (attempt != null && status() == DeliveryStatus.SKIPPED) {
      ending = new Ending(DeliveryStatus.PERMANENTLY_FAILED, null, now);
    }
  }

  private void end(Ending how) {
    end(how, false);
  }

  private void end(Ending how, boolean staysOpen) {
    ending = how;
    open = staysOpen;
    owner = staysOpen ? owner : null;
  }

  DeliveryStatus status() {
    if (ending != null) {
      return ending.status();
    }
    return step == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
  }
}
