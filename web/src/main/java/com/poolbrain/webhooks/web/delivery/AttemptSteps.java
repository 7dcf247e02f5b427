package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.store.query.DeliveryDetail;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.web.component.TrailStep;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The timeline of a delivery: from its acceptance over its attempts to what comes next.
final class AttemptSteps {

  private final DeliveryDetail detail;
  private final LoggedDelivery delivery;
  private final RetrySchedule schedule;
  private final Duration retention;
  private final Times times;
  private final String path;
  private final List<TrailStep> steps = new ArrayList<>();

  private AttemptSteps(
      DeliveryDetail detail, RetrySchedule schedule, Duration retention, Times times, String path) {
    this.detail = detail;
    this.delivery = detail.delivery();
    this.schedule = schedule;
    this.retention = retention;
    this.times = times;
    this.path = path;
  }

  /// @param path of the page of the delivery
  static List<TrailStep> of(
      DeliveryDetail detail, RetrySchedule schedule, Duration retention, Times times, String path) {
    var steps = new AttemptSteps(detail, schedule, retention, times, path);
    steps.addAll();
    return List.copyOf(steps.steps);
  }

  private void addAll() {
    steps.add(
        new TrailStep(
            "mute",
            "event",
            delivery.createdAt(),
            "Accepted",
            List.of(
                "Occurred "
                    + times.absolute(delivery.occurredAt())
                    + (delivery.items() > 1
                        ? ", " + Numbers.format(delivery.items()) + " items in one envelope"
                        : ""))));
    detail.attempts().forEach(attempt -> steps.add(step(attempt)));
    addNext();
  }

  private TrailStep step(LoggedAttempt attempt) {
    ErrorClass error = attempt.error();
    List<String> lines = new ArrayList<>();
    lines.add(plan(attempt));
    lines.add(facts(attempt));
    if (attempt.late()) {
      lines.add("Its node no longer owned the delivery, so a failure changed nothing.");
    }
    AttemptDetails details = attempt.details();
    if (error != null) {
      lines.add(
          details == null || details.detail() == null ? error.description() : details.detail());
    }
    boolean isLatest = attempt.equals(detail.attempts().getLast());
    return new TrailStep(
            error == null ? "ok" : "bad",
            error == null ? "delivered" : "failed",
            attempt.startedAt(),
            "Attempt " + attempt.number() + ": " + result(attempt),
            lines)
        .withHref(path + "?attempt=" + attempt.number() + "#response")
        .withAdvice(error == null || !isLatest ? null : error.advice());
  }

  /// `503 server_error`, `response_timeout`, `204`.
  static String result(LoggedAttempt attempt) {
    Integer code = attempt.statusCode();
    ErrorClass error = attempt.error();
    if (error == null) {
      return String.valueOf(code);
    }
    return code == null ? error.wireName() : code + " " + error.wireName();
  }

  private String plan(LoggedAttempt attempt) {
    AttemptDetails details = attempt.details();
    if (attempt.trigger() != Trigger.AUTOMATIC) {
      String verb = attempt.trigger() == Trigger.TEST ? "Test asked for" : "Redelivered";
      return details == null || details.actor() == null ? verb : verb + " by " + details.actor();
    }
    Instant planned = details == null ? null : details.plannedAt();
    if (planned == null) {
      return "Planned at once";
    }
    Duration late = Duration.between(planned, attempt.startedAt());
    String plannedText = "Planned " + times.clock(planned);
    return late.isNegative() || late.isZero()
        ? plannedText
        : plannedText + ", started " + Times.duration(late.toMillis()) + " later";
  }

  private static String facts(LoggedAttempt attempt) {
    List<String> facts = new ArrayList<>();
    facts.add(attempt.trigger().wireName());
    facts.add(Times.duration(attempt.duration().toMillis()));
    AttemptDetails details = attempt.details();
    if (details != null && details.address() != null) {
      facts.add(details.address());
    }
    return String.join(" · ", facts);
  }

  private void addNext() {
    switch (delivery.status()) {
      case PENDING, RETRYING -> addPlanned();
      case DELIVERING ->
          steps.add(
              new TrailStep(
                  "info",
                  "delivering",
                  null,
                  "An attempt is running",
                  List.of("automatic or manual")));
      case PERMANENTLY_FAILED ->
          steps.add(
              new TrailStep(
                  "bad",
                  "failed",
                  null,
                  "Permanently failed",
                  List.of(
                      "No attempt is planned. It stays here for %s and can be redelivered."
                          .formatted(Times.delay(retention)))));
      case SKIPPED -> addSkipped(delivery.skipReason());
      case DELIVERED -> {}
    }
  }

  private void addSkipped(@Nullable SkipReason reason) {
    if (reason != null) {
      steps.add(
          new TrailStep(
                  "mute",
                  "skipped",
                  null,
                  "Skipped: " + reason.wireName(),
                  List.of(reason.description()))
              .withAdvice(reason.advice()));
    }
  }

  private void addPlanned() {
    Instant next = delivery.nextAttemptAt();
    int left = schedule.maxAttempts() - delivery.scheduleStep();
    boolean isLast = left <= 1 || delivery.isTest();
    if (next != null) {
      boolean isDue = !next.isAfter(times.now());
      var step =
          new TrailStep(
              "info",
              "clock",
              next,
              delivery.status() == DeliveryStatus.PENDING ? "First attempt" : "Next attempt",
              List.of(
                  isLast ? "The last one of the schedule" : left + " of the schedule are left"));
      steps.add(isDue ? step : step.withCountdown());
    }
    if (isLast) {
      steps.add(
          new TrailStep(
              "mute",
              "never",
              null,
              "Then permanently failed",
              List.of(
                  "If that attempt fails too. It stays here for %s and can be redelivered."
                      .formatted(Times.delay(retention)))));
    }
  }
}
