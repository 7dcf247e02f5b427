package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands on record about one delivery. One that somebody sends again by hand after it has
/// ended is both open and ended. Guarded by the lock of [SimulatedLedger].
public final class SimulatedDelivery {

  private final NewDelivery info;
  private final List<RecordedAttempt> attempts = new ArrayList<>();
  private boolean isOpen;
  private @Nullable DeliveryEnd end;
  private @Nullable UUID owner;
  private int scheduleStep;
  private Instant dueAt;
  private final Instant createdAt;
  private final List<Ownership> ownerships = new ArrayList<>(2);

  /// Some time during which one life of a node owned it, by the store's clock.
  ///
  /// @param to when the life lost it because it was given up; null if it did not
  public record Ownership(UUID owner, Instant from, @Nullable Instant to) {}

  SimulatedDelivery(NewDelivery info, UUID acceptingNode, Instant now) {
    this.info = info;
    this.dueAt = now;
    this.createdAt = now;
    SkipReason skip = info.skipReason();
    if (skip == null) {
      isOpen = true;
      if (info.owned()) {
        assignOwner(acceptingNode, now);
      }
    } else {
      end = new DeliveryEnd(DeliveryStatus.SKIPPED, skip, now);
    }
  }

  public NewDelivery info() {
    return info;
  }

  public UUID id() {
    return info.id();
  }

  /// By the store's clock.
  public Instant createdAt() {
    return createdAt;
  }

  public List<RecordedAttempt> attempts() {
    return attempts;
  }

  @Nullable
  public DeliveryEnd end() {
    return end;
  }

  @Nullable
  public UUID owner() {
    return owner;
  }

  public boolean isOpen() {
    return isOpen;
  }

  public Instant dueAt() {
    return dueAt;
  }

  /// Whether it waits in the ledger for somebody to claim it.
  boolean isUnowned() {
    return isOpen && owner == null;
  }

  /// Whether the schedule, not a person, wants its next attempt.
  boolean isScheduled() {
    return isOpen && end == null && info.trigger() == Trigger.AUTOMATIC;
  }

  private void assignOwner(UUID incarnation, Instant now) {
    owner = incarnation;
    ownerships.add(new Ownership(incarnation, now, null));
  }

  /// Whose it was, one after the other.
  public List<Ownership> ownerships() {
    return ownerships;
  }

  /// Its owner is dead.
  void release(Instant now) {
    Ownership current = ownerships.removeLast();
    ownerships.add(new Ownership(current.owner(), current.from(), now));
    owner = null;
  }

  Claim claim(UUID incarnation, Instant now) {
    assignOwner(incarnation, now);
    return claim(end == null ? info.trigger() : Trigger.MANUAL);
  }

  /// Opens it for one manual attempt.
  Claim reopen(UUID incarnation, Instant now) {
    if (!isOpen) {
      isOpen = true;
      dueAt = now;
      scheduleStep = 0;
    }
    assignOwner(incarnation, now);
    return claim(Trigger.MANUAL);
  }

  private Claim claim(Trigger trigger) {
    return new Claim(
        info.id(),
        info.event(),
        info.endpointId(),
        info.eventName(),
        trigger,
        scheduleStep,
        attempts.size(),
        dueAt);
  }

  void skip(SkipReason reason, Instant now) {
    finish(new DeliveryEnd(DeliveryStatus.SKIPPED, reason, now));
  }

  RecordedResult recordResult(UUID caller, AttemptResult attemptResult, Instant now) {
    Attempt attempt = attemptResult.attempt();
    for (RecordedAttempt recorded : attempts) {
      if (attempt != null && recorded.attempt().id().equals(attempt.id())) {
        return new RecordedResult(id(), recorded.number(), status(), recorded.late());
      }
    }
    boolean isLate = !isOpen || !caller.equals(owner);
    int number = 0;
    if (attempt != null) {
      number = attempts.size() + 1;
      attempts.add(new RecordedAttempt(number, isLate, attempt, attemptResult.verdict()));
    }
    if (!isLate) {
      applyVerdict(attemptResult.verdict(), attempt, now);
    } else if (attempt != null && attempt.outcome() instanceof Outcome.Delivered) {
      finish(new DeliveryEnd(DeliveryStatus.DELIVERED, null, now), isOpen && end != null);
    }
    return new RecordedResult(id(), number, status(), isLate);
  }

  private void applyVerdict(Verdict verdict, @Nullable Attempt attempt, Instant now) {
    if (end != null) {
      applyManualVerdict(verdict, attempt, now);
      return;
    }
    switch (verdict) {
      case Verdict.Done _ -> finish(new DeliveryEnd(DeliveryStatus.DELIVERED, null, now));
      case Verdict.GiveUp _ ->
          finish(new DeliveryEnd(DeliveryStatus.PERMANENTLY_FAILED, null, now));
      case Verdict.Skip(var reason) -> skip(reason, now);
      case Verdict.RetryAt(var due) -> {
        scheduleStep += attempt != null && attempt.trigger() == Trigger.AUTOMATIC ? 1 : 0;
        dueAt = due;
        owner = null;
      }
      case Verdict.Unchanged _ -> owner = null;
    }
  }

  /// An attempt by hand can't open a delivery again: what is no success leaves it as it ended.
  private void applyManualVerdict(Verdict verdict, @Nullable Attempt attempt, Instant now) {
    isOpen = false;
    owner = null;
    if (attempt != null && verdict instanceof Verdict.Done) {
      end = new DeliveryEnd(DeliveryStatus.DELIVERED, null, now);
    } else if (attempt != null && status() == DeliveryStatus.SKIPPED) {
      end = new DeliveryEnd(DeliveryStatus.PERMANENTLY_FAILED, null, now);
    }
  }

  private void finish(DeliveryEnd newEnd) {
    finish(newEnd, false);
  }

  private void finish(DeliveryEnd newEnd, boolean keepsOpen) {
    end = newEnd;
    isOpen = keepsOpen;
    owner = keepsOpen ? owner : null;
  }

  public DeliveryStatus status() {
    if (end != null) {
      return end.status();
    }
    return scheduleStep == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
  }
}
