package com.poolbrain.webhooks.management.probe;

import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.LastAttempt;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The redirect with which a server answered the last attempt to an endpoint. Redirects are not
/// followed, so the URL of the endpoint should be the one that it points to.
///
/// @param url that the attempt was sent to
/// @param location where the redirect points
public record KnownRedirect(String url, String location) {

  /// Attempts to an endpoint run at the same time, so the latest one may be of an older delivery.
  private static final int NEWEST_DELIVERIES = 20;

  /// The redirect of an endpoint; null if its last attempt had another result.
  public static @Nullable KnownRedirect find(
      DeliveryManagement deliveries, Principal principal, long companyId, UUID endpointId) {
    var filter =
        new DeliveryFilter(companyId, null, null, endpointId, null, null, null, null, null, null);
    LoggedDelivery latest =
        deliveries.search(principal, filter, null, NEWEST_DELIVERIES).deliveries().stream()
            .filter(delivery -> delivery.lastAttempt() != null)
            .max(Comparator.comparing(delivery -> lastAttempt(delivery).startedAt()))
            .orElse(null);
    return latest == null || lastAttempt(latest).error() != ErrorClass.REDIRECT
        ? null
        : of(deliveries.get(principal, companyId, latest.id()).detail().attempts().getLast());
  }

  private static LastAttempt lastAttempt(LoggedDelivery delivery) {
    return Objects.requireNonNull(delivery.lastAttempt());
  }

  private static @Nullable KnownRedirect of(LoggedAttempt attempt) {
    AttemptDetails details = attempt.details();
    String location = details == null ? null : details.location();
    return details == null || location == null ? null : new KnownRedirect(details.url(), location);
  }

  /// Both may have tokens of the endpoint.
  @Override
  public String toString() {
    return "KnownRedirect[hidden]";
  }
}
