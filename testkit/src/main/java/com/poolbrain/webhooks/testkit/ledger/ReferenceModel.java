package com.poolbrain.webhooks.testkit.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Independent model of the deliveries in a ledger. It shares no code with the implementations.
final class ReferenceModel {

  private final Map<UUID, ModelDelivery> deliveries = new TreeMap<>();

  /// Expected contents of a claim.
  record ClaimView(UUID id, Trigger trigger, int scheduleStep, int attemptCount) {
    ClaimView(Claim claim) {
      this(claim.id(), claim.trigger(), claim.scheduleStep(), claim.attempts());
    }
  }

  private static final class ModelDelivery {
    private Trigger trigger = Trigger.AUTOMATIC;
    private boolean isOpen = true;
    private @Nullable UUID owner;
    private Instant dueAt = Instant.MIN;
    private int scheduleStep;
    private int attemptCount;
    private @Nullable DeliveryStatus finalStatus;
    private final Map<UUID, RecordedResult> resultsByAttempt = new HashMap<>();

    private DeliveryStatus status() {
      if (finalStatus != null) {
        return finalStatus;
      }
      return scheduleStep == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
    }

    private boolean isReopened() {
      return isOpen && finalStatus != null;
    }

    private void end(DeliveryStatus status) {
      finalStatus = status;
      isOpen = false;
      owner = null;
    }
  }

  private ModelDelivery delivery(UUID id) {
    return Objects.requireNonNull(deliveries.get(id));
  }

  List<UUID> deliveryIds() {
    return List.copyOf(deliveries.keySet());
  }

  void store(NewDelivery newDelivery, UUID node) {
    ModelDelivery d = new ModelDelivery();
    d.trigger = newDelivery.trigger();
    d.owner = newDelivery.owned() ? node : null;
    if (newDelivery.skipReason() != null) {
      d.end(DeliveryStatus.SKIPPED);
    }
    deliveries.put(newDelivery.id(), d);
  }

  List<UUID> dueDeliveryIds(Instant now) {
    return deliveries.entrySet().stream()
        .filter(e -> e.getValue().isOpen && e.getValue().owner == null)
        .filter(e -> !e.getValue().dueAt.isAfter(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }

  ClaimView claim(UUID id, UUID node) {
    ModelDelivery d = delivery(id);
    d.owner = node;
    return new ClaimView(
        id,
        d.isReopened() ? Trigger.MANUAL : d.trigger,
        d.isReopened() ? 0 : d.scheduleStep,
        d.attemptCount);
  }

  @Nullable ClaimView reopen(UUID id, UUID node) {
    ModelDelivery d = delivery(id);
    if (d.isOpen && d.owner != null) {
      return null;
    }
    if (!d.isOpen) {
      d.dueAt = Instant.MIN;
    }
    d.isOpen = true;
    d.owner = node;
    return new ClaimView(id, Trigger.MANUAL, d.isReopened() ? 0 : d.scheduleStep, d.attemptCount);
  }

  CancelResult cancel(UUID id) {
    ModelDelivery d = delivery(id);
    if (!d.isOpen) {
      return CancelResult.ALREADY_ENDED;
    }
    if (d.owner != null || d.isReopened()) {
      return CancelResult.BUSY;
    }
    d.end(DeliveryStatus.SKIPPED);
    return CancelResult.CANCELLED;
  }

  void releaseDeliveriesOf(UUID node) {
    deliveries.values().stream().filter(d -> node.equals(d.owner)).forEach(d -> d.owner = null);
  }

  int skipUnowned() {
    List<ModelDelivery> skippable =
        deliveries.values().stream()
            .filter(d -> d.isOpen && d.owner == null && !d.isReopened())
            .filter(d -> d.trigger == Trigger.AUTOMATIC)
            .toList();
    skippable.forEach(d -> d.end(DeliveryStatus.SKIPPED));
    return skippable.size();
  }

  RecordedResult recordResult(UUID node, AttemptResult attemptResult) {
    UUID id = attemptResult.claim().id();
    ModelDelivery d = delivery(id);
    Attempt attempt = attemptResult.attempt();
    if (attempt != null && d.resultsByAttempt.containsKey(attempt.id())) {
      RecordedResult firstResult = Objects.requireNonNull(d.resultsByAttempt.get(attempt.id()));
      return new RecordedResult(
          id,
          firstResult.attemptNumber(),
          firstResult.previousStatus(),
          d.status(),
          firstResult.late(),
          d.trigger == Trigger.TEST);
    }
    DeliveryStatus previousStatus = d.status();
    boolean isLate = !d.isOpen || !node.equals(d.owner);
    boolean isSuccess = attempt != null && attempt.outcome() instanceof Outcome.Delivered;
    if (attempt != null) {
      d.attemptCount++;
    }
    if (!isLate) {
      applyVerdict(d, attemptResult);
    } else if (isSuccess) {
      applyLateSuccess(d);
    }
    RecordedResult recordedResult =
        new RecordedResult(
            id,
            attempt == null ? 0 : d.attemptCount,
            previousStatus,
            d.status(),
            isLate,
            d.trigger == Trigger.TEST);
    if (attempt != null) {
      d.resultsByAttempt.put(attempt.id(), recordedResult);
    }
    return recordedResult;
  }

  private static void applyLateSuccess(ModelDelivery d) {
    if (d.isReopened()) {
      d.finalStatus = DeliveryStatus.DELIVERED;
    } else {
      d.end(DeliveryStatus.DELIVERED);
    }
  }

  private static void applyVerdict(ModelDelivery d, AttemptResult attemptResult) {
    boolean wasSent = attemptResult.attempt() != null;
    if (d.isReopened()) {
      DeliveryStatus previousStatus = Objects.requireNonNull(d.finalStatus);
      boolean isNewFailure = wasSent && previousStatus == DeliveryStatus.SKIPPED;
      DeliveryStatus newStatus =
          wasSent && attemptResult.verdict() instanceof Verdict.Done
              ? DeliveryStatus.DELIVERED
              : isNewFailure ? DeliveryStatus.PERMANENTLY_FAILED : previousStatus;
      d.end(newStatus);
      return;
    }
    switch (attemptResult.verdict()) {
      case Verdict.Done _ -> d.end(DeliveryStatus.DELIVERED);
      case Verdict.GiveUp _ -> d.end(DeliveryStatus.PERMANENTLY_FAILED);
      case Verdict.Skip _ -> d.end(DeliveryStatus.SKIPPED);
      case Verdict.Unchanged _ -> d.owner = null;
      case Verdict.RetryAt(var due) -> {
        Attempt attempt = attemptResult.attempt();
        d.scheduleStep += attempt != null && attempt.trigger() == Trigger.AUTOMATIC ? 1 : 0;
        d.dueAt = due;
        d.owner = null;
      }
    }
  }
}
