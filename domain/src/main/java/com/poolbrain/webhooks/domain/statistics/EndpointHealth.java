package com.poolbrain.webhooks.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The stored health of an endpoint, with every change it can make. Immutable.
///
/// The attempts are stored only when they can change the status: those of a healthy endpoint that
/// succeed, and those of a failing endpoint that fail, leave it as it is.
///
/// @param status never [Health#PAUSED], which follows from the configuration
/// @param since end of the attempt that led to the status
/// @param latest the latest attempts that count, the latest first; at most [Health#ATTEMPT_WINDOW]
/// @param lastDeliveryAt at most [#LAST_DELIVERY_PRECISION] older than the last delivery
/// @param certificate that the endpoint showed last, with the time at which it was seen first; null
///   if it showed none
/// @param hasFailedDelivery whether a delivery permanently failed since the endpoint was healthy
public record EndpointHealth(
    Health status,
    Instant since,
    List<HealthSample> latest,
    @Nullable Instant lastDeliveryAt,
    @Nullable ShownCertificate certificate,
    boolean hasFailedDelivery) {

  /// A later delivery alone is stored when the stored one is older by this time, so that an
  /// endpoint that works is written once a minute.
  public static final Duration LAST_DELIVERY_PRECISION = Duration.ofMinutes(1);

  private static final Comparator<HealthSample> LATEST_FIRST =
      Comparator.comparing(HealthSample::endedAt).reversed();

  public EndpointHealth {
    latest = List.copyOf(latest);
  }

  /// The health of an endpoint before its first attempt.
  public static EndpointHealth unknown(Instant now) {
    return new EndpointHealth(Health.NEVER_DELIVERED, now, List.of(), null, null, false);
  }

  /// The latest of these attempts, the latest first.
  static List<HealthSample> latestOf(List<HealthSample> some, List<HealthSample> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(LATEST_FIRST)
        .limit(Health.ATTEMPT_WINDOW)
        .toList();
  }

  /// The health after an activity. Returns this object if nothing is to be stored.
  public EndpointHealth after(EndpointActivity activity) {
    boolean isJudged = canChangeStatus(activity.latest());
    List<HealthSample> newLatest = isJudged ? latestOf(latest, activity.latest()) : latest;
    Health newStatus = isJudged ? statusOf(newLatest) : status;
    ShownCertificate shown = activity.certificate();
    boolean isNewCertificate =
        shown != null
            && shown.isShownAfter(certificate)
            && !hasExpiry(certificate, shown.expiresAt());
    boolean isFirstFailure = !hasFailedDelivery && activity.permanentFailure() != null;
    if (newLatest.equals(latest)
        && !isNewCertificate
        && !isFirstFailure
        && !isLaterDelivery(activity)) {
      return this;
    }
    return new EndpointHealth(
        newStatus,
        newStatus == status ? since : newLatest.getFirst().endedAt(),
        newLatest,
        later(lastDeliveryAt, activity.lastDeliveryAt()),
        isNewCertificate ? shown : certificate,
        newStatus != Health.HEALTHY && (hasFailedDelivery || isFirstFailure));
  }

  /// Whether a delivery of this activity is later than the stored one, however little.
  public boolean isBehind(EndpointActivity activity) {
    Instant last = activity.lastDeliveryAt();
    return last != null && (lastDeliveryAt == null || last.isAfter(lastDeliveryAt));
  }

  private boolean canChangeStatus(List<HealthSample> attempts) {
    return switch (status) {
      case HEALTHY -> attempts.stream().anyMatch(attempt -> !attempt.succeeded());
      case FAILING -> attempts.stream().anyMatch(HealthSample::succeeded);
      case NEVER_DELIVERED, DEGRADED, PAUSED -> !attempts.isEmpty();
    };
  }

  private static Health statusOf(List<HealthSample> attempts) {
    return Health.fromAttempts(attempts.stream().map(HealthSample::succeeded).toList());
  }

  private boolean isLaterDelivery(EndpointActivity activity) {
    Instant last = activity.lastDeliveryAt();
    return last != null
        && (lastDeliveryAt == null || last.isAfter(lastDeliveryAt.plus(LAST_DELIVERY_PRECISION)));
  }

  private static boolean hasExpiry(@Nullable ShownCertificate certificate, Instant expiresAt) {
    return certificate != null && certificate.expiresAt().equals(expiresAt);
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }
}
