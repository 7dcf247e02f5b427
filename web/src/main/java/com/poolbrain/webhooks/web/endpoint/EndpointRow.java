package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.statistics.Health;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.store.query.ResultFilter;
import com.poolbrain.webhooks.web.component.SparkView;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.StatusWords;
import com.poolbrain.webhooks.web.component.UrlView;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.statistics.CompanyDay;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint in the list.
///
/// @param host for the names of its controls
/// @param groups the groups of its events
/// @param eventCount how many of all events it gets, in words
/// @param log path of its deliveries, filtered by what its health says
/// @param recovery path of the tab Recovery with it selected
/// @param lastDeliveryAt null if there was none
/// @param spark its last 24 hours; null if they could not be read
/// @param problem why nothing can be sent to it; null if it can
record EndpointRow(
    String path,
    UrlView url,
    String host,
    String description,
    String groups,
    String eventCount,
    StatusView health,
    String log,
    String recovery,
    @Nullable Instant lastDeliveryAt,
    boolean paused,
    @Nullable SparkView spark,
    @Nullable String problem) {

  static EndpointRow of(
      EndpointWithHealth found,
      CompanyDay day,
      Subscription subscription,
      PagePaths paths,
      Times times) {
    Endpoint endpoint = found.endpoint();
    List<String> groups = subscription.groups(endpoint.subscribedEvents());
    return new EndpointRow(
        paths.endpoint(endpoint.id()),
        UrlView.of(endpoint.url()),
        String.valueOf(endpoint.url().getHost()),
        endpoint.description(),
        String.join(", ", groups),
        "%d of %d events"
            .formatted(
                subscription.count(endpoint.subscribedEvents()), subscription.types().size()),
        StatusWords.of(found.health(), times.since(found.status().since())),
        paths.deliveries("endpoint_id=" + endpoint.id() + logFilter(found.health())),
        paths.recovery(endpoint.id()),
        found.status().lastDeliveryAt(),
        endpoint.paused(),
        day.spark(endpoint.id()),
        found.problem());
  }

  /// What failed is retrying or permanently failed: its last attempt tells it.
  private static String logFilter(Health health) {
    return switch (health) {
      case FAILING, DEGRADED -> "&result=" + ResultFilter.FAILED;
      case PAUSED -> "&status=skipped";
      case NEVER_DELIVERED, HEALTHY -> "";
    };
  }
}
