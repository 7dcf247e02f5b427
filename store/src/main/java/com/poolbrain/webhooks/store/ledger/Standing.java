package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands on record about one delivery, locked, while settlements are applied to it one after
/// the other. A delivery that was opened again after it had ended is both open and ended.
final class Standing {

  private final Key key;
  private @Nullable Open open;
  private @Nullable Ended ended;
  private final Map<UUID, Recorded> recorded = new HashMap<>();
  private final List<Made> added = new ArrayList<>();

  /// An attempt that is on record.
  record Recorded(int number, boolean late) {}

  Standing(Key key, @Nullable Open open, @Nullable Ended ended) {
    this.key = key;
    this.open = open;
    this.ended = ended;
    if (ended != null && ended.firstAttempt() != null) {
      recorded.put(ended.firstAttempt(), new Recorded(1, false));
    }
  }

  Key key() {
    return key;
  }

  @Nullable Open open() {
    return open;
  }

  @Nullable Ended ended() {
    return ended;
  }

  List<Made> added() {
    return added;
  }

  void know(UUID attemptId, Recorded attempt) {
    recorded.put(attemptId, attempt);
  }

  Settled settle(UUID caller, Settlement settlement) {
    if (open == null && ended == null) {
      return new Settled(key.id(), 0, wanted(settlement.verdict()), true);
    }
    Attempt attempt = settlement.attempt();
    Recorded known = attempt == null ? null : recorded.get(attempt.id());
    if (known != null) {
      return new Settled(key.id(), known.number(), status(), known.late());
    }
    boolean late = open == null || !caller.equals(open.owner());
    int number = attempt == null ? 0 : record(attempt, late);
    if (!late) {
      conclude(settlement.verdict(), attempt);
    } else if (attempt != null && attempt.outcome() instanceof Outcome.Delivered) {
      deliverLate(attempt.endedAt());
    }
    return new Settled(key.id(), number, status(), late);
  }

  private int record(Attempt attempt, boolean late) {
    int number = attempts() + 1;
    open = open == null ? null : open.withAttempts(number);
    ended = ended == null ? null : ended.withAttempts(number);
    added.add(new Made(key, number, late, attempt));
    recorded.put(attempt.id(), new Recorded(number, late));
    return number;
  }

  private void conclude(Verdict verdict, @Nullable Attempt attempt) {
    if (ended != null) {
      ended = turned(ended, verdict, attempt);
      open = null;
      return;
    }
    Open row = java.util.Objects.requireNonNull(open);
    switch (verdict) {
      case Verdict.Done _ -> end(row, Ended.End.DELIVERED, attempt);
      case Verdict.GiveUp _ -> end(row, Ended.End.PERMANENTLY_FAILED, attempt);
      case Verdict.Skip(var reason) -> end(row, Ended.End.skipped(reason), attempt);
      case Verdict.RetryAt(var due) -> {
        boolean bySchedule = attempt != null && attempt.trigger() == Trigger.AUTOMATIC;
        open = row.freedUntil(due, bySchedule ? row.step() + 1 : row.step());
      }
      case Verdict.Unchanged _ -> open = row.freed();
    }
  }

  /// A manual attempt can't open a delivery again: what is not a success leaves it as it ended.
  private static Ended turned(Ended before, Verdict verdict, @Nullable Attempt attempt) {
    if (attempt == null) {
      return before;
    }
    return switch (verdict) {
      case Verdict.Done _ -> before.turned(Ended.End.DELIVERED, attempt.endedAt());
      case Verdict.GiveUp _, Verdict.Skip _, Verdict.RetryAt _, Verdict.Unchanged _ ->
          before.end().status() == DeliveryStatus.SKIPPED
              ? before.turned(Ended.End.PERMANENTLY_FAILED, attempt.endedAt())
              : before;
    };
  }

  private void deliverLate(Instant at) {
    if (ended != null) {
      ended = ended.turned(Ended.End.DELIVERED, at);
    } else {
      ended = Ended.of(java.util.Objects.requireNonNull(open), Ended.End.DELIVERED, at);
      open = null;
    }
  }

  private void end(Open row, Ended.End end, @Nullable Attempt attempt) {
    ended = Ended.of(row, end, attempt == null ? null : attempt.endedAt());
    open = null;
  }

  private int attempts() {
    return ended != null ? ended.attempts() : java.util.Objects.requireNonNull(open).attempts();
  }

  private DeliveryStatus status() {
    return ended != null ? ended.end().status() : java.util.Objects.requireNonNull(open).status();
  }

  /// What is answered for a delivery that was removed with its day.
  private static DeliveryStatus wanted(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done _ -> DeliveryStatus.DELIVERED;
      case Verdict.Skip _ -> DeliveryStatus.SKIPPED;
      case Verdict.GiveUp _, Verdict.RetryAt _, Verdict.Unchanged _ ->
          DeliveryStatus.PERMANENTLY_FAILED;
    };
  }
}
