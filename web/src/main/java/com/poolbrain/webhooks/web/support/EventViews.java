package com.poolbrain.webhooks.web.support;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.history.RoutingDecision;
import com.poolbrain.webhooks.domain.history.RoutingExplanation;
import com.poolbrain.webhooks.management.support.EventTimeline;
import com.poolbrain.webhooks.management.support.EventTimeline.EndpointTimeline;
import com.poolbrain.webhooks.store.query.DeliveryTimeline;
import com.poolbrain.webhooks.store.query.LastAttempt;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.store.query.StoredEvent;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.StatusWords;
import com.poolbrain.webhooks.web.component.TrailStep;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.support.ConsoleView.DeliveryCell;
import com.poolbrain.webhooks.web.support.ConsoleView.EndpointView;
import com.poolbrain.webhooks.web.support.ConsoleView.EventView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes what the console shows of events.
final class EventViews {

  private final Times times;
  private final LongFunction<String> companyName;

  /// @param companyName the name of a company, by its id
  EventViews(Times times, LongFunction<String> companyName) {
    this.times = times;
    this.companyName = companyName;
  }

  EventView of(EventTimeline timeline) {
    StoredEvent event = timeline.event();
    List<TrailStep> steps = steps(timeline);
    return new EventView(
        event.id().toString(),
        event.type(),
        companyName.apply(event.companyId()) + " (" + event.companyId() + ")",
        event.items() == 1 ? "" : "×" + Numbers.format(event.items()) + " grouped",
        event.occurredAt(),
        event.acceptedAt(),
        summary(timeline),
        timeline.endpoints().stream().map(this::endpoint).toList(),
        steps,
        text(event, steps));
  }

  private static String summary(EventTimeline timeline) {
    long selected =
        timeline.endpoints().stream()
            .filter(one -> one.explanation().decision() == RoutingDecision.SELECTED)
            .count();
    return "Went to "
        + Numbers.format(selected)
        + " of "
        + Numbers.count(timeline.endpoints().size(), "endpoint", "endpoints");
  }

  private EndpointView endpoint(EndpointTimeline timeline) {
    RoutingExplanation explanation = timeline.explanation();
    DeliveryTimeline delivery = timeline.delivery();
    return new EndpointView(
        timeline.url(),
        timeline.endpointId().toString(),
        decision(explanation.decision()),
        explanation.reason(),
        delivery == null ? null : advice(delivery.delivery()),
        delivery == null ? null : cell(delivery.delivery()));
  }

  private static StatusView decision(RoutingDecision decision) {
    String word = decision.wireName().replace('_', ' ');
    return switch (decision) {
      case SELECTED -> new StatusView("ok", "check", word);
      case SKIPPED -> new StatusView("mute", "skipped", word);
      case NOT_SUBSCRIBED -> new StatusView("mute", "close", word);
      case CREATED_LATER -> new StatusView("mute", "clock", word);
      case DELETED -> new StatusView("mute", "trash", word);
    };
  }

  private static @Nullable String advice(LoggedDelivery delivery) {
    if (delivery.skipReason() != null) {
      return delivery.skipReason().advice();
    }
    LastAttempt last = delivery.lastAttempt();
    ErrorClass error = last == null ? null : last.error();
    return error == null ? null : error.description() + " " + error.advice();
  }

  private static DeliveryCell cell(LoggedDelivery delivery) {
    LastAttempt last = delivery.lastAttempt();
    String result =
        last == null
            ? "no attempt"
            : "attempt %d, %s in %s"
                .formatted(
                    last.number(),
                    result(last.statusCode(), last.error()),
                    Times.duration(last.duration().toMillis()));
    return new DeliveryCell(
        delivery.id().toString(),
        StatusWords.of(delivery.status()),
        result,
        delivery.nextAttemptAt());
  }

  private static String result(@Nullable Integer code, @Nullable ErrorClass error) {
    if (error == null) {
      return String.valueOf(code);
    }
    return code == null ? error.wireName() : code + " " + error.wireName();
  }

  private static List<TrailStep> steps(EventTimeline timeline) {
    StoredEvent event = timeline.event();
    List<TrailStep> steps = new ArrayList<>();
    steps.add(
        new TrailStep(
            "mute", "event", event.occurredAt(), "Occurred", List.of("timestamp in the body")));
    steps.add(
        new TrailStep(
            "ok", "check", event.acceptedAt(), "Accepted and stored", List.of(summary(timeline))));
    List<TrailStep> attempts = new ArrayList<>();
    for (EndpointTimeline endpoint : timeline.endpoints()) {
      DeliveryTimeline delivery = endpoint.delivery();
      if (delivery != null) {
        delivery.attempts().forEach(attempt -> attempts.add(step(attempt, endpoint.url())));
        Instant next = delivery.delivery().nextAttemptAt();
        if (next != null) {
          attempts.add(
              new TrailStep("info", "clock", next, "Next attempt to " + endpoint.url(), List.of()));
        }
      }
    }
    attempts.sort(Comparator.comparing(EventViews::time));
    steps.addAll(attempts);
    return List.copyOf(steps);
  }

  private static Instant time(TrailStep step) {
    return step.at() == null ? Instant.MAX : step.at();
  }

  private static TrailStep step(LoggedAttempt attempt, String url) {
    ErrorClass error = attempt.error();
    String detail = attempt.details() == null ? null : attempt.details().detail();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %s, %s"
            .formatted(
                result(attempt.statusCode(), error),
                attempt.trigger().wireName(),
                Times.duration(attempt.duration().toMillis())));
    if (detail != null) {
      lines.add(detail);
    }
    return new TrailStep(
        error == null ? "ok" : "bad",
        error == null ? "delivered" : "failed",
        attempt.startedAt(),
        "Attempt " + attempt.number() + " to " + (attempt.url() == null ? url : attempt.url()),
        lines);
  }

  private String text(StoredEvent event, List<TrailStep> steps) {
    return event.type()
        + " "
        + event.id()
        + "\n"
        + steps.stream()
            .map(step ->
                (step.at() == null ? "" : times.machine(step.at()) + "  ")
                    + step.title()
                    + (step.lines().isEmpty() ? "" : ": " + String.join(" ", step.lines())))
            .collect(Collectors.joining("\n"));
  }
}
