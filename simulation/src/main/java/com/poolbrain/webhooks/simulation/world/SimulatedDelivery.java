package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryEnd;
import com.poolbrain.webhooks.domain.DeliveryState;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery in the ledger: its state, attempts and owners. Guarded by the lock of
/// [SimulatedLedger].
public final class SimulatedDelivery {

  private final NewDelivery info;
  private final Instant createdAt;
  private final List<RecordedAttempt> attempts = new ArrayList<>();
  private final List<Ownership> ownerships = new ArrayList<>(2);
  private DeliveryState state;

  /// A time during which one incarnation owned the delivery, by the database's clock.
  ///
  /// @param to when the incarnation lost the delivery because it was expired or shut down; null if
  ///   it did not
  public record Ownership(UUID owner, Instant from, @Nullable Instant to) {}

  SimulatedDelivery(NewDelivery info, UUID acceptingNode, Instant now) {
    this.info = info;
    this.createdAt = now;
    SkipReason skipReason = info.skipReason();
    this.state =
        skipReason == null
            ? DeliveryState.accepted(info.trigger(), now, info.owned() ? acceptingNode : null)
            : DeliveryState.skippedOnAcceptance(info.trigger(), skipReason, now);
    if (info.owned() && skipReason == null) {
      ownerships.add(new Ownership(acceptingNode, now, null));
    }
  }

  public NewDelivery info() {
    return info;
  }

  public UUID id() {
    return info.id();
  }

  /// By the database's clock.
  public Instant createdAt() {
    return createdAt;
  }

  public List<RecordedAttempt> attempts() {
    return attempts;
  }

  /// All owners, in chronological order.
  public List<Ownership> ownerships() {
    return ownerships;
  }

  public @Nullable DeliveryEnd end() {
    return state.end();
  }

  public @Nullable UUID owner() {
    return state.owner();
  }

  public DeliveryStatus status() {
    return state.status();
  }

  public boolean isOpen() {
    return !(state instanceof DeliveryState.Ended);
  }

  boolean isUnowned() {
    return state.isUnowned();
  }

  boolean isSkippable() {
    return state.isSkippable();
  }

  /// When the next attempt is due. Only for open deliveries.
  public Instant dueAt() {
    return switch (state) {
      case DeliveryState.Open open -> open.dueAt();
      case DeliveryState.Reopened reopened -> reopened.dueAt();
      case DeliveryState.Ended _ -> throw new IllegalStateException(id() + " has ended");
    };
  }

  Claim claim(UUID incarnation, Instant now) {
    state = state.claimedBy(incarnation);
    ownerships.add(new Ownership(incarnation, now, null));
    return claim(state.nextTrigger());
  }

  /// Opens the delivery for one manual attempt.
  Claim reopen(UUID incarnation, Instant now) {
    state = state.reopenedBy(incarnation, now);
    ownerships.add(new Ownership(incarnation, now, null));
    return claim(Trigger.MANUAL);
  }

  private Claim claim(Trigger trigger) {
    return new Claim(
        info.id(),
        info.event(),
        info.endpointId(),
        info.eventName(),
        trigger,
        state instanceof DeliveryState.Open open ? open.scheduleStep() : 0,
        state.attempts(),
        dueAt());
  }

  /// Takes the delivery from an owner that was expired or shut down.
  void release(Instant now) {
    state = state.released();
    Ownership current = ownerships.removeLast();
    ownerships.add(new Ownership(current.owner(), current.from(), now));
  }

  void skip(SkipReason reason, Instant now) {
    state = state.skipped(reason, now);
  }

  /// Records a result. Recording the same attempt again changes nothing.
  RecordedResult recordResult(UUID caller, AttemptResult result) {
    Attempt attempt = result.attempt();
    for (RecordedAttempt recorded : attempts) {
      if (attempt != null && recorded.attempt().id().equals(attempt.id())) {
        return recordedResult(recorded.number(), recorded.previousStatus(), recorded.late());
      }
    }
    DeliveryStatus previousStatus = state.status();
    DeliveryState.Transition transition = state.record(caller, attempt, result.verdict());
    state = transition.state();
    int number = transition.attemptNumber();
    if (attempt != null) {
      attempts.add(
          new RecordedAttempt(
              number, previousStatus, transition.late(), attempt, result.verdict()));
    }
    return recordedResult(number, previousStatus, transition.late());
  }

  private RecordedResult recordedResult(int number, DeliveryStatus previousStatus, boolean late) {
    boolean test = info.trigger() == Trigger.TEST;
    return new RecordedResult(id(), number, previousStatus, state.status(), late, test);
  }
}
