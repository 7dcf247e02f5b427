package com.poolbrain.webhooks.domain.statistics;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one node learned about an endpoint since it last told the store.
///
/// @param latest the latest attempts that count, the latest first; at most [Health#ATTEMPT_WINDOW]
/// @param lastDeliveryAt when a delivery was last delivered; null for none
/// @param certificate that the endpoint showed last; null if it showed none
/// @param lastFailure the latest attempt that failed; null for none
/// @param permanentFailure the attempt with which the first delivery permanently failed; null for
///   none
public record EndpointActivity(
    long companyId,
    List<HealthSample> latest,
    @Nullable Instant lastDeliveryAt,
    @Nullable ShownCertificate certificate,
    @Nullable FailedAttempt lastFailure,
    @Nullable FailedAttempt permanentFailure) {

  public EndpointActivity {
    latest = List.copyOf(latest);
  }

  /// This activity, followed by a later one.
  public EndpointActivity followedBy(EndpointActivity later) {
    return new EndpointActivity(
        companyId,
        EndpointHealth.latestOf(latest, later.latest),
        later.lastDeliveryAt == null ? lastDeliveryAt : later.lastDeliveryAt,
        ShownCertificate.later(later.certificate, certificate),
        later.lastFailure == null ? lastFailure : later.lastFailure,
        permanentFailure == null ? later.permanentFailure : permanentFailure);
  }

  /// This activity without its attempts.
  public EndpointActivity withoutAttempts() {
    return new EndpointActivity(companyId, List.of(), lastDeliveryAt, certificate, null, null);
  }
}
