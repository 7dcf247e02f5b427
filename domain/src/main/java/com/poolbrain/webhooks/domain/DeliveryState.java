package com.poolbrain.webhooks.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stored state of one delivery, with every transition it can make. Immutable.
///
/// [DeliveryStatus#DELIVERING] is not stored: it is a delivery whose owner has an attempt running.
/// An owner is the incarnation of a node. Attempts are not told apart here: the caller recognizes
/// an attempt that is already recorded before it calls [#record].
///
/// ```java
/// DeliveryState state = DeliveryState.accepted(Trigger.AUTOMATIC, now, incarnation);
/// Transition transition = state.record(incarnation, attempt, verdict);
/// ```
public sealed interface DeliveryState {

  /// A delivery that has not ended.
  ///
  /// @param scheduleStep automatic attempts made since the schedule began
  /// @param attempts attempts made so far, manual ones included
  /// @param owner null if the delivery may be claimed
  record Open(Trigger trigger, int scheduleStep, int attempts, Instant dueAt, @Nullable UUID owner)
      implements DeliveryState {

    @Override
    public DeliveryStatus status() {
      return scheduleStep == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
    }

    @Override
    public @Nullable DeliveryEnd end() {
      return null;
    }

    private Ended endedWith(DeliveryEnd end, int step, @Nullable Instant at) {
      return new Ended(trigger, end, step, attempts, at);
    }

    private DeliveryState after(@Nullable Attempt attempt, Verdict verdict) {
      boolean isScheduled = attempt != null && attempt.trigger() == Trigger.AUTOMATIC;
      int nextStep = isScheduled ? scheduleStep + 1 : scheduleStep;
      DeliveryEnd end = DeliveryEnd.of(verdict);
      if (end != null) {
        return endedWith(end, nextStep, attempt == null ? null : attempt.endedAt());
      }
      if (verdict instanceof Verdict.RetryAt(var nextDueAt)) {
        return new Open(trigger, nextStep, attempts, nextDueAt, null);
      }
      return new Open(trigger, scheduleStep, attempts, dueAt, null);
    }
  }

  /// A delivery that has ended.
  ///
  /// @param scheduleStep automatic attempts made since the schedule last began
  /// @param endedAt null for the store's time when it records the end
  record Ended(
      Trigger trigger, DeliveryEnd end, int scheduleStep, int attempts, @Nullable Instant endedAt)
      implements DeliveryState {

    @Override
    public DeliveryStatus status() {
      return end.status();
    }

    @Override
    public @Nullable UUID owner() {
      return null;
    }

    private Ended counted() {
      return new Ended(trigger, end, scheduleStep, attempts + 1, endedAt);
    }

    /// An equal end keeps the time of the first one.
    private Ended changedTo(DeliveryEnd newEnd, Instant at) {
      return newEnd.equals(end) ? this : new Ended(trigger, newEnd, scheduleStep, attempts, at);
    }

    /// A manual attempt never retries: a failure leaves the end as it was, except that a skipped
    /// delivery becomes permanently failed.
    private Ended afterManual(@Nullable Attempt attempt, Verdict verdict) {
      if (attempt == null) {
        return this;
      }
      if (verdict instanceof Verdict.Done) {
        return changedTo(DeliveryEnd.DELIVERED, attempt.endedAt());
      }
      return end.status() == DeliveryStatus.SKIPPED
          ? changedTo(DeliveryEnd.PERMANENTLY_FAILED, attempt.endedAt())
          : this;
    }
  }

  /// A delivery that has ended and is open again for one manual attempt.
  ///
  /// @param owner null if the delivery may be claimed
  record Reopened(Ended ended, Instant dueAt, @Nullable UUID owner) implements DeliveryState {

    @Override
    public DeliveryStatus status() {
      return ended.status();
    }

    @Override
    public int attempts() {
      return ended.attempts;
    }

    @Override
    public DeliveryEnd end() {
      return ended.end;
    }
  }

  /// What recording one result leads to.
  ///
  /// @param attemptNumber from 1; 0 if no attempt was made
  /// @param late whether the caller no longer owned the delivery
  record Transition(DeliveryState state, int attemptNumber, boolean late) {}

  /// A new delivery that is due at once.
  static DeliveryState accepted(Trigger trigger, Instant now, @Nullable UUID owner) {
    return new Open(trigger, 0, 0, now, owner);
  }

  /// A new delivery that is skipped because its endpoint is blocked.
  static DeliveryState skippedOnAcceptance(Trigger trigger, SkipReason reason, Instant now) {
    return new Ended(trigger, DeliveryEnd.skipped(reason), 0, 0, now);
  }

  /// The status to report for a delivery whose rows were dropped with their day.
  static DeliveryStatus statusIfGone(Verdict verdict) {
    DeliveryEnd end = DeliveryEnd.of(verdict);
    return end == null ? DeliveryStatus.PERMANENTLY_FAILED : end.status();
  }

  DeliveryStatus status();

  /// Attempts made so far, late ones included.
  int attempts();

  /// How it ended; null if it has not ended yet.
  @Nullable DeliveryEnd end();

  @Nullable UUID owner();

  /// Whether it is open without an owner, so that it may be claimed.
  default boolean isUnowned() {
    return !(this instanceof Ended) && owner() == null;
  }

  /// Whether it may be cancelled, or skipped because its endpoint is blocked.
  default boolean isSkippable() {
    return this instanceof Open open && open.owner == null;
  }

  /// The trigger of its next attempt.
  default Trigger nextTrigger() {
    return this instanceof Open open ? open.trigger : Trigger.MANUAL;
  }

  /// Gives an unowned delivery an owner.
  default DeliveryState claimedBy(UUID incarnation) {
    require(isUnowned(), "claimed");
    return withOwner(incarnation);
  }

  /// Takes the owner away, because it has shut down or was expired.
  default DeliveryState released() {
    require(owner() != null, "released");
    return withOwner(null);
  }

  /// Opens it for one manual attempt, owned by the incarnation that makes it.
  default DeliveryState reopenedBy(UUID incarnation, Instant now) {
    return this instanceof Ended ended
        ? new Reopened(ended, now, incarnation)
        : claimedBy(incarnation);
  }

  /// Opens an ended delivery with the whole schedule before it, as a background job does. It keeps
  /// the number of its attempts.
  default DeliveryState restarted(Instant now) {
    require(
        this instanceof Ended ended
            && ended.trigger == Trigger.AUTOMATIC
            && ended.status() != DeliveryStatus.DELIVERED,
        "restarted");
    return new Open(Trigger.AUTOMATIC, 0, attempts(), now, null);
  }

  /// Ends a skippable delivery.
  ///
  /// @param at null for the store's time when it records the end
  default DeliveryState skipped(SkipReason reason, @Nullable Instant at) {
    require(isSkippable(), "skipped");
    Open open = (Open) this;
    return open.endedWith(DeliveryEnd.skipped(reason), open.scheduleStep, at);
  }

  /// Records one result. A caller that no longer owns the delivery changes nothing, except that a
  /// late success makes it delivered.
  ///
  /// @param attempt null if no attempt was made
  default Transition record(UUID caller, @Nullable Attempt attempt, Verdict verdict) {
    boolean late = !caller.equals(owner());
    DeliveryState counted = attempt == null ? this : countingOneMore();
    DeliveryState next;
    if (!late) {
      next = counted.afterOwned(attempt, verdict);
    } else if (attempt != null && attempt.outcome() instanceof Outcome.Delivered) {
      next = counted.afterLateSuccess(attempt.endedAt());
    } else {
      next = counted;
    }
    return new Transition(next, attempt == null ? 0 : counted.attempts(), late);
  }

  private DeliveryState afterOwned(@Nullable Attempt attempt, Verdict verdict) {
    return switch (this) {
      case Open open -> open.after(attempt, verdict);
      case Reopened reopened -> reopened.ended.afterManual(attempt, verdict);
      case Ended _ -> throw new IllegalStateException("an ended delivery has no owner");
    };
  }

  private DeliveryState afterLateSuccess(Instant at) {
    return switch (this) {
      case Open open -> open.endedWith(DeliveryEnd.DELIVERED, open.scheduleStep, at);
      case Ended ended -> ended.changedTo(DeliveryEnd.DELIVERED, at);
      case Reopened(var ended, var dueAt, var owner) ->
          new Reopened(ended.changedTo(DeliveryEnd.DELIVERED, at), dueAt, owner);
    };
  }

  private DeliveryState countingOneMore() {
    return switch (this) {
      case Open(var trigger, int step, int attempts, var dueAt, var owner) ->
          new Open(trigger, step, attempts + 1, dueAt, owner);
      case Ended ended -> ended.counted();
      case Reopened(var ended, var dueAt, var owner) -> new Reopened(ended.counted(), dueAt, owner);
    };
  }

  private DeliveryState withOwner(@Nullable UUID newOwner) {
    return switch (this) {
      case Open(var trigger, int step, int attempts, var dueAt, _) ->
          new Open(trigger, step, attempts, dueAt, newOwner);
      case Reopened(var ended, var dueAt, _) -> new Reopened(ended, dueAt, newOwner);
      case Ended _ -> throw new IllegalStateException("an ended delivery has no owner");
    };
  }

  private void require(boolean condition, String transition) {
    if (!condition) {
      throw new IllegalStateException(this + " can't be " + transition);
    }
  }
}
