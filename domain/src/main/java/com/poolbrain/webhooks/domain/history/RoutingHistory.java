package com.poolbrain.webhooks.domain.history;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.history.RoutedEvent.Skip;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Explains from the history of one endpoint and its company why the endpoint got an event or did
/// not.
///
/// The lists may leave out old versions, but must begin with the version that decided the event, or
/// with the creation.
///
/// @param company versions of the company, in ascending order
/// @param endpoint versions of the endpoint, in ascending order
public record RoutingHistory(List<CompanyVersion> company, List<EndpointVersion> endpoint) {

  public RoutingHistory {
    company = List.copyOf(company);
    endpoint = List.copyOf(endpoint);
  }

  /// What became of the event, and why: the rule by which events are routed, applied to the
  /// configuration of that time.
  public RoutingExplanation explain(RoutedEvent event) {
    int now = latest(endpoint, version -> version.version() <= event.configVersion());
    if (now < 0) {
      return new RoutingExplanation(RoutingDecision.CREATED_LATER, createdLater());
    }
    EndpointVersion current = endpoint.get(now);
    if (current.endpoint().deleted()) {
      return new RoutingExplanation(
          RoutingDecision.DELETED,
          "It was deleted %s.".formatted(since(endpoint, now, v -> v.endpoint().deleted()).at()));
    }
    if (!isSubscribed(current, event.type())) {
      return new RoutingExplanation(
          RoutingDecision.NOT_SUBSCRIBED, notSubscribed(now, event.type()));
    }
    String blocked = blocked(event.configVersion(), now);
    if (blocked != null) {
      return new RoutingExplanation(RoutingDecision.SKIPPED, blocked);
    }
    Skip skip = event.skip();
    return skip == null
        ? new RoutingExplanation(RoutingDecision.SELECTED, null)
        : new RoutingExplanation(RoutingDecision.SKIPPED, skippedLater(event, skip));
  }

  private String createdLater() {
    return endpoint.isEmpty()
        ? "It was created after the event was accepted."
        : "It was created %s, after the event was accepted."
            .formatted(Moment.of(endpoint.getFirst()).at());
  }

  private String notSubscribed(int now, EventType type) {
    Run run = since(endpoint, now, version -> !isSubscribed(version, type));
    return "It was not subscribed to %s%s."
        .formatted(
            type.name(),
            run.fromCreation() ? ", never since it was created " + run.at() : run.since());
  }

  /// Why an event was recorded as skipped at once; null if it was not.
  private @Nullable String blocked(long configVersion, int endpointIndex) {
    int now = latest(company, version -> version.version() <= configVersion);
    if (now >= 0 && !company.get(now).webhooksEnabled()) {
      return webhooksOff(now);
    }
    return endpoint.get(endpointIndex).endpoint().paused() ? paused(endpointIndex) : null;
  }

  private String webhooksOff(int index) {
    Run run = since(company, index, version -> !version.webhooksEnabled());
    return run.fromCreation()
        ? "Webhooks of the company were off: never switched on since it was created "
            + run.at()
            + "."
        : "Webhooks of the company were off" + run.since() + ".";
  }

  private String paused(int index) {
    return "The endpoint was paused"
        + since(endpoint, index, version -> version.endpoint().paused()).since()
        + ".";
  }

  /// Why a delivery that was made was not sent after all.
  private String skippedLater(RoutedEvent event, Skip skip) {
    String cause =
        switch (skip.reason()) {
          case CANCELLED ->
              endpointCause(
                  event, skip, version -> version.endpoint().deleted(), "the endpoint was deleted");
          case WEBHOOKS_OFF -> companyCause(event, skip);
          case ENDPOINT_PAUSED ->
              endpointCause(
                  event, skip, version -> version.endpoint().paused(), "the endpoint was paused");
          case UNSUBSCRIBED ->
              endpointCause(
                  event,
                  skip,
                  version -> !isSubscribed(version, event.type()),
                  "the endpoint unsubscribed " + event.type().name());
        };
    return "Its delivery was waiting when " + cause + ".";
  }

  private String companyCause(RoutedEvent event, Skip skip) {
    int index =
        latest(
            company,
            version ->
                !version.webhooksEnabled()
                    && version.version() > event.configVersion()
                    && !version.validFrom().isAfter(skip.at()));
    String what = "webhooks of the company were switched off";
    return index < 0
        ? what
        : what + " " + since(company, index, version -> !version.webhooksEnabled()).at();
  }

  private String endpointCause(
      RoutedEvent event, Skip skip, Predicate<EndpointVersion> isCause, String what) {
    int index =
        latest(
            endpoint,
            version ->
                isCause.test(version)
                    && version.version() > event.configVersion()
                    && !version.validFrom().isAfter(skip.at()));
    if (index >= 0) {
      return what + " " + since(endpoint, index, isCause).at();
    }
    return skip.reason() == SkipReason.CANCELLED ? "it was cancelled at " + text(skip.at()) : what;
  }

  private static boolean isSubscribed(EndpointVersion version, EventType type) {
    return version.endpoint().subscribedNameFor(type) != null;
  }

  private static <V> int latest(List<V> versions, Predicate<V> condition) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (condition.test(versions.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /// Since when a state holds that holds at an index.
  private static <V> Run since(List<V> versions, int index, Predicate<V> state) {
    int first = index;
    while (first > 0 && state.test(versions.get(first - 1))) {
      first--;
    }
    Moment moment = Moment.of(versions.get(first));
    return new Run(moment, first > 0 || moment.isCreation());
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// When a version began, and by whom.
  private record Moment(Instant time, String actor, boolean isCreation) {

    static Moment of(Object version) {
      return switch (version) {
        case CompanyVersion v -> new Moment(v.validFrom(), v.actor(), v.isCreation());
        case EndpointVersion v -> new Moment(v.validFrom(), v.actor(), v.isCreation());
        default -> throw new IllegalArgumentException("no version: " + version);
      };
    }

    String at() {
      return "at " + text(time) + " by " + actor;
    }
  }

  /// Versions in a row with the same state.
  ///
  /// @param isComplete whether the state certainly began with this version
  private record Run(Moment start, boolean isComplete) {

    boolean fromCreation() {
      return start.isCreation();
    }

    String at() {
      return isComplete ? start.at() : "at " + text(start.time()) + " or earlier";
    }

    String since() {
      return isComplete
          ? " since " + text(start.time()) + " by " + start.actor()
          : " since " + text(start.time()) + " or earlier";
    }
  }
}
