package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.StatusWords;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the pages of one endpoint show on top.
///
/// @param path of its page
/// @param log path of its deliveries
/// @param lastDeliveryAt null if there was none
/// @param certificate the words about its certificate; null if there is nothing to do
/// @param problem why nothing can be sent to it; null if it can
record EndpointHeader(
    String path,
    String host,
    String url,
    String description,
    StatusView health,
    @Nullable Instant lastDeliveryAt,
    @Nullable ExpiringCertificate certificate,
    boolean paused,
    String log,
    @Nullable String problem) {

  static EndpointHeader of(EndpointWithHealth found, PagePaths paths, Times times) {
    Endpoint endpoint = found.endpoint();
    return new EndpointHeader(
        paths.endpoint(endpoint.id()),
        String.valueOf(endpoint.url().getHost()),
        endpoint.url().toString(),
        endpoint.description(),
        StatusWords.of(found.health(), times.since(found.status().since())),
        found.status().lastDeliveryAt(),
        ExpiringCertificate.of(found.status().certificateExpiresAt(), times),
        endpoint.paused(),
        paths.deliveries("endpoint_id=" + endpoint.id()),
        found.problem());
  }

  /// The URL may have tokens.
  @Override
  public String toString() {
    return "EndpointHeader[" + host + "]";
  }
}
