package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands on record about one delivery, locked, while settlements are applied to it one after
/// the other. A delivery that was opened again after it had ended is both open and ended.
final class LockedDelivery {

  private final DeliveryKey deliveryKey;
  private @Nullable OpenDeliveryRow openDeliveryRow;
  private @Nullable DeliveryRow deliveryRow;
  private final Map<UUID, RecordedAttempt> recordedAttempts = new HashMap<>();
  private final List<AttemptRow> newAttempts = new ArrayList<>();

  /// An attempt that is on record.
  record RecordedAttempt(int number, boolean late) {}

  LockedDelivery(
      DeliveryKey deliveryKey,
      @Nullable OpenDeliveryRow openDeliveryRow,
      @Nullable DeliveryRow deliveryRow) {
    this.deliveryKey = deliveryKey;
    this.openDeliveryRow = openDeliveryRow;
    this.deliveryRow = deliveryRow;
    if (deliveryRow != null && deliveryRow.firstAttemptId() != null) {
      recordedAttempts.put(deliveryRow.firstAttemptId(), new RecordedAttempt(1, false));
    }
  }

  DeliveryKey deliveryKey() {
    return deliveryKey;
  }

  @Nullable OpenDeliveryRow openDeliveryRow() {
    return openDeliveryRow;
  }

  @Nullable DeliveryRow deliveryRow() {
    return deliveryRow;
  }

  List<AttemptRow> newAttempts() {
    return newAttempts;
  }

  void addRecorded(UUID attemptId, RecordedAttempt attempt) {
    recordedAttempts.put(attemptId, attempt);
  }

  RecordedResult applyResult(UUID incarnation, AttemptResult attemptResult) {
    if (openDeliveryRow == null && deliveryRow == null) {
      return new RecordedResult(deliveryKey.id(), 0, assumedStatus(attemptResult.verdict()), true);
    }
    Attempt attempt = attemptResult.attempt();
    RecordedAttempt existing = attempt == null ? null : recordedAttempts.get(attempt.id());
    if (existing != null) {
      return new RecordedResult(deliveryKey.id(), existing.number(), status(), existing.late());
    }
    boolean late = openDeliveryRow == null || !incarnation.equals(openDeliveryRow.owner());
    int number = attempt == null ? 0 : addAttempt(attempt, late);
    if (!late) {
      applyVerdict(attemptResult.verdict(), attempt);
    } else if (attempt != null && attempt.outcome() instanceof Outcome.Delivered) {
      applyLateSuccess(attempt.endedAt());
    }
    return new RecordedResult(deliveryKey.id(), number, status(), late);
  }

  private int addAttempt(Attempt attempt, boolean late) {
    int number = attemptCount() + 1;
    openDeliveryRow = openDeliveryRow == null ? null : openDeliveryRow.withAttemptCount(number);
    deliveryRow = deliveryRow == null ? null : deliveryRow.withAttemptCount(number);
    newAttempts.add(new AttemptRow(deliveryKey, number, late, attempt));
    recordedAttempts.put(attempt.id(), new RecordedAttempt(number, late));
    return number;
  }

  private void applyVerdict(Verdict verdict, @Nullable Attempt attempt) {
    if (deliveryRow != null) {
      deliveryRow = afterManualAttempt(deliveryRow, verdict, attempt);
      openDeliveryRow = null;
      return;
    }
    OpenDeliveryRow row = java.util.Objects.requireNonNull(openDeliveryRow);
    switch (verdict) {
      case Verdict.Done _ -> end(row, DeliveryRow.FinalStatus.DELIVERED, attempt);
      case Verdict.GiveUp _ -> end(row, DeliveryRow.FinalStatus.PERMANENTLY_FAILED, attempt);
      case Verdict.Skip(var reason) -> end(row, DeliveryRow.FinalStatus.skipped(reason), attempt);
      case Verdict.RetryAt(var dueAt) -> {
        boolean isScheduled = attempt != null && attempt.trigger() == Trigger.AUTOMATIC;
        openDeliveryRow =
            row.rescheduled(dueAt, isScheduled ? row.scheduleStep() + 1 : row.scheduleStep());
      }
      case Verdict.Unchanged _ -> openDeliveryRow = row.released();
    }
  }

  /// A manual attempt can't open a delivery again: what is not a success leaves it as it ended.
  private static DeliveryRow afterManualAttempt(
      DeliveryRow before, Verdict verdict, @Nullable Attempt attempt) {
    if (attempt == null) {
      return before;
    }
    return switch (verdict) {
      case Verdict.Done _ ->
          before.withStatus(DeliveryRow.FinalStatus.DELIVERED, attempt.endedAt());
      case Verdict.GiveUp _, Verdict.Skip _, Verdict.RetryAt _, Verdict.Unchanged _ ->
          before.finalStatus().status() == DeliveryStatus.SKIPPED
              ? before.withStatus(DeliveryRow.FinalStatus.PERMANENTLY_FAILED, attempt.endedAt())
              : before;
    };
  }

  private void applyLateSuccess(Instant at) {
    if (deliveryRow != null) {
      deliveryRow = deliveryRow.withStatus(DeliveryRow.FinalStatus.DELIVERED, at);
    } else {
      deliveryRow =
          DeliveryRow.of(
              java.util.Objects.requireNonNull(openDeliveryRow),
              DeliveryRow.FinalStatus.DELIVERED,
              at);
      openDeliveryRow = null;
    }
  }

  private void end(
      OpenDeliveryRow row, DeliveryRow.FinalStatus finalStatus, @Nullable Attempt attempt) {
    deliveryRow = DeliveryRow.of(row, finalStatus, attempt == null ? null : attempt.endedAt());
    openDeliveryRow = null;
  }

  private int attemptCount() {
    return deliveryRow != null
        ? deliveryRow.attemptCount()
        : java.util.Objects.requireNonNull(openDeliveryRow).attemptCount();
  }

  private DeliveryStatus status() {
    return deliveryRow != null
        ? deliveryRow.finalStatus().status()
        : java.util.Objects.requireNonNull(openDeliveryRow).status();
  }

  /// What is answered for a delivery that was removed with its day.
  private static DeliveryStatus assumedStatus(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done _ -> DeliveryStatus.DELIVERED;
      case Verdict.Skip _ -> DeliveryStatus.SKIPPED;
      case Verdict.GiveUp _, Verdict.RetryAt _, Verdict.Unchanged _ ->
          DeliveryStatus.PERMANENTLY_FAILED;
    };
  }
}
