package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryEnd;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.simulation.scenario.ManualCall;
import com.poolbrain.webhooks.simulation.scenario.ScenarioEvent;
import com.poolbrain.webhooks.simulation.world.ConfigurationHistory.State;
import com.poolbrain.webhooks.simulation.world.RecordedAttempt;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Every delivery ended with a true status, after the attempts of the retry schedule.
final class DeliveryInvariants {

  private final RunHistory history;
  private final Violations violations;
  private final RetrySchedule schedule;

  DeliveryInvariants(RunHistory history, Violations violations) {
    this.history = history;
    this.violations = violations;
    this.schedule = history.params().engineSettings().schedule();
  }

  void check() {
    history.deliveries().forEach(this::check);
    history.manualCalls().stream().filter(ManualCall::hasCancelled).forEach(this::checkCancel);
  }

  private void check(SimulatedDelivery delivery) {
    checkAttemptNumbers(delivery);
    List<RecordedAttempt> onTimeAttempts =
        delivery.attempts().stream().filter(attempt -> !attempt.late()).toList();
    if (delivery.info().trigger() == Trigger.TEST) {
      long testAttempts =
          onTimeAttempts.stream()
              .filter(entry -> entry.attempt().trigger() == Trigger.TEST)
              .count();
      violations.addUnless(
          testAttempts <= 1,
          () -> describe(delivery) + " is a test with " + testAttempts + " attempts");
      return;
    }
    checkRetryDelays(delivery, onTimeAttempts);
    if (!history.wasRedelivered(delivery.id())) {
      checkEnd(delivery, onTimeAttempts);
    }
  }

  private static String describe(SimulatedDelivery delivery) {
    return "delivery " + TraceFormat.shortId(delivery.id());
  }

  private void checkAttemptNumbers(SimulatedDelivery delivery) {
    for (int i = 0; i < delivery.attempts().size(); i++) {
      int expected = i + 1;
      int number = delivery.attempts().get(i).number();
      violations.addUnless(
          number == expected,
          () -> describe(delivery) + ": attempt " + expected + " has number " + number);
    }
  }

  private void checkEnd(SimulatedDelivery delivery, List<RecordedAttempt> onTimeAttempts) {
    DeliveryEnd end = delivery.end();
    if (end == null) {
      violations.add(describe(delivery) + " never ended");
      return;
    }
    boolean acknowledged =
        delivery.attempts().stream()
            .anyMatch(recordedAttempt ->
                recordedAttempt.attempt().outcome() instanceof Outcome.Delivered);
    violations.addUnless(
        acknowledged == (end.status() == DeliveryStatus.DELIVERED),
        () -> describe(delivery) + " is " + end.status() + " after " + delivery.attempts());
    violations.addUnless(
        onTimeAttempts.size() <= schedule.maxAttempts(),
        () -> describe(delivery) + " had " + onTimeAttempts.size() + " attempts");
    switch (end.status()) {
      case PERMANENTLY_FAILED ->
          violations.addUnless(
              onTimeAttempts.size() == schedule.maxAttempts(),
              () ->
                  describe(delivery)
                      + " failed permanently after "
                      + onTimeAttempts.size()
                      + " attempts");
      case SKIPPED -> checkSkipReason(delivery, end);
      case DELIVERED -> {}
      case PENDING, DELIVERING, RETRYING ->
          violations.add(describe(delivery) + " ended as " + end.status());
    }
  }

  /// The skip reason was true at some time.
  private void checkSkipReason(SimulatedDelivery delivery, DeliveryEnd end) {
    boolean wasCancelled =
        end.skipReason() == SkipReason.CANCELLED
            && history.manualCalls().stream()
                .anyMatch(manualCall ->
                    manualCall.action() == ScenarioEvent.ManualAction.CANCEL
                        && manualCall.targetId().equals(delivery.id()));
    violations.addUnless(
        wasCancelled || wasReasonValid(delivery, end),
        () ->
            describe(delivery)
                + " has the skip reason "
                + end.skipReason()
                + ", which was never true");
  }

  private boolean wasReasonValid(SimulatedDelivery delivery, DeliveryEnd end) {
    EventType type = SimulatedEventTypes.find(delivery.info().event().type());
    return type != null
        && history.configuration().statesOf(delivery.info().event().companyId()).stream()
            .map(State::config)
            .anyMatch(config -> {
              Endpoint endpoint = config.endpoint(delivery.info().endpointId());
              return endpoint != null && config.blockReason(endpoint, type) == end.skipReason();
            });
  }

  /// A retry delay is never shorter than in the schedule, nor longer than jitter or `Retry-After`
  /// allow. No attempt starts before it is due.
  private void checkRetryDelays(SimulatedDelivery delivery, List<RecordedAttempt> onTimeAttempts) {
    int step = 0;
    Instant due = Instant.MIN;
    for (RecordedAttempt recordedAttempt : onTimeAttempts) {
      Attempt attempt = recordedAttempt.attempt();
      if (attempt.trigger() == Trigger.AUTOMATIC) {
        Instant earliest = step == 0 ? due : due.minus(history.clockTolerance());
        violations.addUnless(
            !attempt.startedAt().isBefore(earliest),
            () ->
                describe(delivery) + ": attempt at " + attempt.startedAt() + " before it was due");
        step++;
        if (recordedAttempt.verdict() instanceof Verdict.RetryAt(var next)) {
          due = next;
          checkRetryDelay(delivery, attempt, step, Duration.between(attempt.endedAt(), next));
        }
      }
    }
  }

  private void checkRetryDelay(
      SimulatedDelivery delivery, Attempt attempt, int step, Duration delay) {
    if (step > schedule.delays().size()) {
      violations.add(describe(delivery) + " has a retry after failure " + step);
      return;
    }
    Duration planned = schedule.delays().get(step - 1);
    boolean hasRetryAfter =
        attempt.outcome() instanceof Outcome.Failed(_, _, var retryAfter) && retryAfter != null;
    Duration maxDelay =
        hasRetryAfter
            ? planned.multipliedBy(2)
            : planned.plusNanos((long) (planned.toNanos() * schedule.jitter()));
    violations.addUnless(
        delay.compareTo(planned) >= 0 && delay.compareTo(maxDelay) <= 0,
        () -> describe(delivery) + " has a retry delay of " + delay + " after failure " + step);
  }

  /// A cancelled delivery was skipped, or a late attempt changed its end.
  private void checkCancel(ManualCall cancel) {
    if (history.wasRedelivered(cancel.targetId())) {
      return;
    }
    SimulatedDelivery delivery = Objects.requireNonNull(history.delivery(cancel.targetId()));
    boolean hasLateAttempt = delivery.attempts().stream().anyMatch(RecordedAttempt::late);
    violations.addUnless(
        hasLateAttempt || delivery.status() == DeliveryStatus.SKIPPED,
        () -> describe(delivery) + " was cancelled but is " + delivery.status());
  }
}
