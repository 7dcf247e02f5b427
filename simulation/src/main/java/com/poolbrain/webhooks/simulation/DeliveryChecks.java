package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.simulation.ConfigurationChanges.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Every delivery ended as it should, after exactly the attempts that it should have.
final class DeliveryChecks {

  private final Stage stage;
  private final Problems problems;
  private final Set<UUID> byHand;
  private final RetrySchedule schedule;
  private final Map<UUID, List<Sent>> sent = new HashMap<>();

  /// @param byHand deliveries that somebody tried to send again
  DeliveryChecks(Stage stage, Problems problems, Set<UUID> byHand) {
    this.stage = stage;
    this.problems = problems;
    this.byHand = byHand;
    this.schedule = stage.plot().setting().engine().schedule();
    for (Sent one : stage.world().consumers().received()) {
      sent.computeIfAbsent(one.delivery(), _ -> new ArrayList<>()).add(one);
    }
  }

  void check() {
    stage.world().ledger().deliveries().forEach(this::check);
  }

  private void check(Delivery delivery) {
    checkNumbers(delivery);
    List<Recorded> counted =
        delivery.attempts().stream().filter(attempt -> !attempt.late()).toList();
    if (delivery.made().trigger() == Trigger.TEST) {
      long tests = counted.stream().filter(one -> one.attempt().trigger() == Trigger.TEST).count();
      problems.unless(tests <= 1, () -> text(delivery) + ": a test has one attempt");
      return;
    }
    checkWaits(delivery, counted);
    if (!byHand.contains(delivery.id())) {
      checkEnd(delivery, counted);
      checkAttemptsWereMade(delivery);
    }
  }

  private static String text(Delivery delivery) {
    return "delivery " + Wording.shortly(delivery.id());
  }

  private void checkNumbers(Delivery delivery) {
    for (int i = 0; i < delivery.attempts().size(); i++) {
      int wanted = i + 1;
      int number = delivery.attempts().get(i).number();
      problems.unless(
          number == wanted, () -> text(delivery) + " has attempt " + number + " as " + wanted);
    }
  }

  private void checkEnd(Delivery delivery, List<Recorded> counted) {
    Ending ending = delivery.ending();
    if (ending == null) {
      problems.add(text(delivery) + " never ended");
      return;
    }
    boolean acknowledged =
        delivery.attempts().stream()
            .anyMatch(recorded -> recorded.attempt().outcome() instanceof Outcome.Delivered);
    problems.unless(
        acknowledged == (ending.status() == DeliveryStatus.DELIVERED),
        () -> text(delivery) + " is " + ending.status() + " after " + delivery.attempts());
    problems.unless(
        counted.size() <= schedule.attempts(),
        () -> text(delivery) + " had " + counted.size() + " attempts");
    switch (ending.status()) {
      case PERMANENTLY_FAILED ->
          problems.unless(
              counted.size() == schedule.attempts(),
              () -> text(delivery) + " was given up after " + counted.size() + " attempts");
      case SKIPPED -> checkReason(delivery, ending);
      case DELIVERED -> {}
      case PENDING, DELIVERING, RETRYING ->
          problems.add(text(delivery) + " ended as " + ending.status());
    }
  }

  /// The reason was true at some moment before the end.
  private void checkReason(Delivery delivery, Ending ending) {
    boolean cancelled =
        ending.reason() == SkipReason.CANCELLED
            && stage.handlings().stream()
                .anyMatch(handling ->
                    handling.what() == Scene.Action.CANCEL
                        && handling.subject().equals(delivery.id()));
    problems.unless(
        cancelled || reasonHeld(delivery, ending),
        () -> text(delivery) + " was skipped: " + ending.reason() + ", which was never true");
  }

  private boolean reasonHeld(Delivery delivery, Ending ending) {
    EventType type = Types.named(delivery.made().event().type());
    for (State state : stage.changes().statesOf(delivery.made().event().companyId())) {
      Subscriptions company = state.company();
      boolean held =
          company.endpoints().stream()
              .filter(endpoint -> endpoint.id().equals(delivery.made().endpointId()))
              .anyMatch(
                  endpoint -> type != null && company.closed(endpoint, type) == ending.reason());
      if (held) {
        return true;
      }
    }
    return false;
  }

  /// Waits are never shorter than the schedule's, nor longer than jitter or `Retry-After` make
  /// them; and an attempt never begins before its time.
  private void checkWaits(Delivery delivery, List<Recorded> counted) {
    int step = 0;
    Instant due = Instant.MIN;
    for (Recorded recorded : counted) {
      Attempt attempt = recorded.attempt();
      if (attempt.trigger() == Trigger.AUTOMATIC) {
        Instant earliest = step == 0 ? due : due.minus(tolerance());
        problems.unless(
            !attempt.startedAt().isBefore(earliest),
            () -> text(delivery) + " was tried at " + attempt.startedAt() + ", before its time");
        step++;
        if (recorded.verdict() instanceof Verdict.RetryAt(var next)) {
          due = next;
          checkWait(delivery, attempt, step, Duration.between(attempt.endedAt(), next));
        }
      }
    }
  }

  /// Clocks that were set, and answers that took longer than their questions, move times a little.
  private Duration tolerance() {
    return stage
        .world()
        .storeClock()
        .movedInAll()
        .plusNanos(2 * stage.plot().setting().slowest() + 1_000);
  }

  private void checkWait(Delivery delivery, Attempt attempt, int step, Duration wait) {
    if (step > schedule.waits().size()) {
      problems.add(text(delivery) + " is to be tried again after failure " + step);
      return;
    }
    Duration planned = schedule.waits().get(step - 1);
    boolean asked =
        attempt.outcome() instanceof Outcome.Failed(_, _, var askedFor) && askedFor != null;
    Duration longest =
        asked
            ? planned.multipliedBy(2)
            : planned.plusNanos((long) (planned.toNanos() * schedule.jitter()));
    problems.unless(
        wait.compareTo(planned) >= 0 && wait.compareTo(longest) <= 0,
        () -> text(delivery) + " waits " + wait + " after failure " + step);
  }

  /// What is on record was really sent, and in calm weather nothing else was.
  private void checkAttemptsWereMade(Delivery delivery) {
    List<Sent> requests = sent.getOrDefault(delivery.id(), List.of());
    int recorded = delivery.attempts().size();
    problems.unless(
        recorded <= requests.size(),
        () -> text(delivery) + ": " + recorded + " attempts, " + requests.size() + " requests");
    if (stage.plot().setting().calm()) {
      problems.unless(
          recorded == requests.size(),
          () -> text(delivery) + " was sent " + requests.size() + " times in calm weather");
      for (int i = 1; i < Math.min(requests.size(), schedule.attempts()); i++) {
        Sent before = requests.get(i - 1);
        Sent next = requests.get(i);
        problems.unless(
            next.at() - before.ended()
                >= schedule.waits().get(i - 1).toNanos() - tolerance().toNanos(),
            () -> text(delivery) + " was sent again too early");
      }
      for (int i = 0; i < requests.size(); i++) {
        String number = requests.get(i).header("X-Webhook-Attempt");
        String wanted = Integer.toString(i + 1);
        problems.unless(number.equals(wanted), () -> text(delivery) + " says attempt " + number);
      }
    }
  }

  /// Asking by hand had the effect that was answered.
  void checkHandlings() {
    for (Handling handling : stage.handlings()) {
      if (handling.answer() instanceof RuntimeException e && !(e instanceof LedgerException)) {
        problems.add(handling.what() + " met a bug: " + e);
      }
      if (handling.answer() == Cancelling.CANCELLED && !byHand.contains(handling.subject())) {
        Delivery delivery =
            stage.world().ledger().deliveries().stream()
                .filter(d -> d.id().equals(handling.subject()))
                .findFirst()
                .orElseThrow();
        Ending ending = delivery.ending();
        boolean lateSuccess = delivery.attempts().stream().anyMatch(Recorded::late);
        problems.unless(
            lateSuccess || (ending != null && ending.status() == DeliveryStatus.SKIPPED),
            () -> text(delivery) + " was cancelled, and is " + delivery.status());
      }
    }
  }
}
