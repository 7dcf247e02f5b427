package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.simulation.scenario.ConfigurationChanges.State;
import com.poolbrain.webhooks.simulation.scenario.ManualCall;
import com.poolbrain.webhooks.simulation.scenario.ScenarioEvent;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.world.DeliveryEnd;
import com.poolbrain.webhooks.simulation.world.RecordedAttempt;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Every delivery ended as it should, after exactly the attempts that it should have.
public final class DeliveryInvariants {

  private final SimulationRun run;
  private final Violations violations;
  private final Set<UUID> redelivered;
  private final RetrySchedule schedule;
  private final Map<UUID, List<SentRequest>> requestsByDelivery = new HashMap<>();

  /// @param redelivered deliveries that somebody tried to send again
  public DeliveryInvariants(SimulationRun run, Violations violations, Set<UUID> redelivered) {
    this.run = run;
    this.violations = violations;
    this.redelivered = redelivered;
    this.schedule = run.plot().params().engineSettings().schedule();
    for (SentRequest entry : run.world().endpoints().requests()) {
      requestsByDelivery.computeIfAbsent(entry.deliveryId(), _ -> new ArrayList<>()).add(entry);
    }
  }

  public void check() {
    run.world().ledger().deliveries().forEach(this::check);
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
          testAttempts <= 1, () -> describe(delivery) + ": a test has one attempt");
      return;
    }
    checkRetryDelays(delivery, onTimeAttempts);
    if (!redelivered.contains(delivery.id())) {
      checkEnd(delivery, onTimeAttempts);
      checkAttemptsWereSent(delivery);
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
          () -> describe(delivery) + " has attempt " + number + " as " + expected);
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
                      + " was given up after "
                      + onTimeAttempts.size()
                      + " attempts");
      case SKIPPED -> checkSkipReason(delivery, end);
      case DELIVERED -> {}
      case PENDING, DELIVERING, RETRYING ->
          violations.add(describe(delivery) + " ended as " + end.status());
    }
  }

  /// The reason was true at some moment before the end.
  private void checkSkipReason(SimulatedDelivery delivery, DeliveryEnd end) {
    boolean wasCancelled =
        end.skipReason() == SkipReason.CANCELLED
            && run.manualCalls().stream()
                .anyMatch(manualCall ->
                    manualCall.action() == ScenarioEvent.ManualAction.CANCEL
                        && manualCall.targetId().equals(delivery.id()));
    violations.addUnless(
        wasCancelled || wasReasonValid(delivery, end),
        () -> describe(delivery) + " was skipped: " + end.skipReason() + ", which was never true");
  }

  private boolean wasReasonValid(SimulatedDelivery delivery, DeliveryEnd end) {
    EventType type = SimulatedEventTypes.find(delivery.info().event().type());
    for (State state : run.configurationChanges().statesOf(delivery.info().event().companyId())) {
      CompanyConfig company = state.config();
      boolean wasBlocked =
          company.endpoints().stream()
              .filter(endpoint -> endpoint.id().equals(delivery.info().endpointId()))
              .anyMatch(endpoint ->
                  type != null && company.blockReason(endpoint, type) == end.skipReason());
      if (wasBlocked) {
        return true;
      }
    }
    return false;
  }

  /// Waits are never shorter than the schedule's, nor longer than jitter or `Retry-After` make
  /// them; and an attempt never begins before its time.
  private void checkRetryDelays(SimulatedDelivery delivery, List<RecordedAttempt> onTimeAttempts) {
    int step = 0;
    Instant due = Instant.MIN;
    for (RecordedAttempt recordedAttempt : onTimeAttempts) {
      Attempt attempt = recordedAttempt.attempt();
      if (attempt.trigger() == Trigger.AUTOMATIC) {
        Instant earliest = step == 0 ? due : due.minus(clockTolerance());
        violations.addUnless(
            !attempt.startedAt().isBefore(earliest),
            () ->
                describe(delivery) + " was tried at " + attempt.startedAt() + ", before its time");
        step++;
        if (recordedAttempt.verdict() instanceof Verdict.RetryAt(var next)) {
          due = next;
          checkRetryDelay(delivery, attempt, step, Duration.between(attempt.endedAt(), next));
        }
      }
    }
  }

  /// Clocks that were set, and answers that took longer than their questions, move times a little.
  private Duration clockTolerance() {
    return run.world()
        .databaseClock()
        .totalJump()
        .plusNanos(2 * run.plot().params().maxLatencyNanos() + 1_000);
  }

  private void checkRetryDelay(
      SimulatedDelivery delivery, Attempt attempt, int step, Duration delay) {
    if (step > schedule.delays().size()) {
      violations.add(describe(delivery) + " is to be tried again after failure " + step);
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
        () -> describe(delivery) + " waits " + delay + " after failure " + step);
  }

  /// What is on record was really sent, and in calm weather nothing else was.
  private void checkAttemptsWereSent(SimulatedDelivery delivery) {
    List<SentRequest> requests = requestsByDelivery.getOrDefault(delivery.id(), List.of());
    int recorded = delivery.attempts().size();
    violations.addUnless(
        recorded <= requests.size(),
        () -> describe(delivery) + ": " + recorded + " attempts, " + requests.size() + " requests");
    if (run.plot().params().isFaultFree()) {
      violations.addUnless(
          recorded == requests.size(),
          () -> describe(delivery) + " was sent " + requests.size() + " times in calm weather");
      for (int i = 1; i < Math.min(requests.size(), schedule.maxAttempts()); i++) {
        SentRequest previous = requests.get(i - 1);
        SentRequest next = requests.get(i);
        violations.addUnless(
            next.sentAtNanos() - previous.endedAtNanos()
                >= schedule.delays().get(i - 1).toNanos() - clockTolerance().toNanos(),
            () -> describe(delivery) + " was sent again too early");
      }
      for (int i = 0; i < requests.size(); i++) {
        String number = requests.get(i).header("X-Webhook-Attempt");
        String expected = Integer.toString(i + 1);
        violations.addUnless(
            number.equals(expected), () -> describe(delivery) + " says attempt " + number);
      }
    }
  }

  /// Asking by hand had the effect that was answered.
  public void checkManualCalls() {
    for (ManualCall manualCall : run.manualCalls()) {
      if (manualCall.result() instanceof RuntimeException e && !(e instanceof LedgerException)) {
        violations.add(manualCall.action() + " met a bug: " + e);
      }
      if (manualCall.result() == CancelResult.CANCELLED
          && !redelivered.contains(manualCall.targetId())) {
        SimulatedDelivery delivery =
            run.world().ledger().deliveries().stream()
                .filter(d -> d.id().equals(manualCall.targetId()))
                .findFirst()
                .orElseThrow();
        DeliveryEnd end = delivery.end();
        boolean hasLateAttempt = delivery.attempts().stream().anyMatch(RecordedAttempt::late);
        violations.addUnless(
            hasLateAttempt || (end != null && end.status() == DeliveryStatus.SKIPPED),
            () -> describe(delivery) + " was cancelled, and is " + delivery.status());
      }
    }
  }
}
