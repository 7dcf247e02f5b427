package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryState;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The locked rows of one delivery, and its state while results are applied to it.
final class LockedDelivery {

  private final DeliveryKey key;
  private final @Nullable OpenDeliveryRow openBefore;
  private final @Nullable DeliveryRow endedBefore;
  private final Map<UUID, RecordedAttempt> recordedAttempts = new HashMap<>();
  private final List<AttemptRow> newAttempts = new ArrayList<>();
  private @Nullable DeliveryState state;

  /// An attempt that has been recorded.
  ///
  /// @param previousStatus of the delivery before its result; null if it follows from the claim
  record RecordedAttempt(
      UUID id, int number, boolean late, @Nullable DeliveryStatus previousStatus) {

    DeliveryStatus previousStatus(Claim claim) {
      return previousStatus != null ? previousStatus : statusAt(claim);
    }
  }

  private static DeliveryStatus statusAt(Claim claim) {
    return claim.scheduleStep() == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
  }

  LockedDelivery(
      DeliveryKey key, @Nullable OpenDeliveryRow openRow, @Nullable DeliveryRow endedRow) {
    this.key = key;
    this.openBefore = openRow;
    this.endedBefore = endedRow;
    this.state = stateOf(openRow, endedRow);
    if (endedRow != null && endedRow.inlineAttemptId() != null) {
      addRecorded(new RecordedAttempt(endedRow.inlineAttemptId(), 1, false, null));
    }
  }

  private static @Nullable DeliveryState stateOf(
      @Nullable OpenDeliveryRow openRow, @Nullable DeliveryRow endedRow) {
    if (openRow == null || endedRow == null) {
      return openRow != null ? openRow.state() : endedRow == null ? null : endedRow.state();
    }
    DeliveryState.Open open = openRow.state();
    return new DeliveryState.Reopened(endedRow.state(), open.dueAt(), open.owner());
  }

  void addRecorded(RecordedAttempt attempt) {
    recordedAttempts.put(attempt.id(), attempt);
  }

  /// Whether the attempt of a result may have been recorded already. It can't have been if the
  /// delivery has not changed since the caller claimed it.
  boolean mayHaveRecorded(UUID caller, AttemptResult result) {
    return result.attempt() != null
        && (openBefore == null
            || openBefore.isReopened()
            || !caller.equals(openBefore.state().owner())
            || openBefore.state().attempts() != result.claim().attempts());
  }

  /// Applies a result, unless its attempt has been recorded already.
  RecordedResult applyResult(UUID caller, AttemptResult result) {
    if (state == null) {
      return RecordedResult.ofGone(result);
    }
    Attempt attempt = result.attempt();
    RecordedAttempt existing = attempt == null ? null : recordedAttempts.get(attempt.id());
    if (existing != null) {
      return recordedResult(
          existing.number(), existing.previousStatus(result.claim()), state, existing.late());
    }
    DeliveryStatus previousStatus = state.status();
    DeliveryState.Transition transition = state.record(caller, attempt, result.verdict());
    int number = transition.attemptNumber();
    if (attempt != null) {
      DeliveryStatus stored = previousStatus == statusAt(result.claim()) ? null : previousStatus;
      newAttempts.add(new AttemptRow(key, number, stored, transition.late(), attempt, false));
      addRecorded(new RecordedAttempt(attempt.id(), number, transition.late(), previousStatus));
    }
    state = transition.state();
    return recordedResult(number, previousStatus, transition.state(), transition.late());
  }

  private RecordedResult recordedResult(
      int number, DeliveryStatus previousStatus, DeliveryState current, boolean late) {
    return new RecordedResult(key.id(), number, previousStatus, current.status(), late, isTest());
  }

  /// The event, if a late attempt was added. Its content may have been erased since the delivery
  /// was claimed; that of a delivery that the caller owns can't have been.
  @Nullable UUID eventOfLateAttempt() {
    return newAttempts.stream().anyMatch(AttemptRow::late) ? info().eventId() : null;
  }

  /// Drops the responses of the attempts that were added.
  void eraseNewAnswers() {
    newAttempts.replaceAll(AttemptRow::withAnswerErased);
  }

  private boolean isTest() {
    return endedBefore != null
        ? endedBefore.isTest()
        : Objects.requireNonNull(openBefore).state().trigger() == Trigger.TEST;
  }

  /// Adds the differences between the rows before and the state now.
  void addChanges(RowChanges changes) {
    changes.newAttempts().addAll(newAttempts);
    OpenDeliveryRow open = openRow();
    if (open == null && openBefore != null) {
      changes.closed().add(key);
    } else if (open != null && !open.equals(openBefore)) {
      changes.updatedOpen().add(open);
    }
    DeliveryRow ended = endedRow();
    if (ended != null && !ended.equals(endedBefore)) {
      (endedBefore == null ? changes.newlyEnded() : changes.updatedEnded()).add(ended);
    }
  }

  private @Nullable OpenDeliveryRow openRow() {
    return switch (state) {
      case DeliveryState.Open open -> new OpenDeliveryRow(key, info(), open);
      case DeliveryState.Reopened(var ended, var dueAt, var owner) ->
          new OpenDeliveryRow(
              key,
              info(),
              new DeliveryState.Open(Trigger.MANUAL, 0, ended.attempts(), dueAt, owner));
      case DeliveryState.Ended _ -> null;
      case null -> null;
    };
  }

  private @Nullable DeliveryRow endedRow() {
    return switch (state) {
      case DeliveryState.Ended ended -> endedRow(ended);
      case DeliveryState.Reopened reopened -> endedRow(reopened.ended());
      case DeliveryState.Open _ -> null;
      case null -> null;
    };
  }

  private DeliveryRow endedRow(DeliveryState.Ended ended) {
    return new DeliveryRow(
        key, info(), ended, endedBefore == null ? null : endedBefore.inlineAttemptId());
  }

  private DeliveryInfo info() {
    return endedBefore != null ? endedBefore.info() : Objects.requireNonNull(openBefore).info();
  }
}
