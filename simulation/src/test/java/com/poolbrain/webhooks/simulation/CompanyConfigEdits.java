package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// What customers do to their configuration.
final class CompanyConfigEdits {

  private CompanyConfigEdits() {}

  static CompanyConfig withWebhooksEnabled(CompanyConfig before, boolean enabled) {
    Company company = before.company();
    return new CompanyConfig(
        new Company(company.id(), company.name(), enabled), before.endpoints());
  }

  static CompanyConfig withUrlPath(CompanyConfig before, UUID endpointId, String path) {
    return editEndpoint(before, endpointId, e -> e.withUrl(SimulatedEndpoints.url(e.id(), path)));
  }

  static CompanyConfig withPaused(CompanyConfig before, UUID endpointId, boolean paused) {
    return editEndpoint(before, endpointId, e -> e.withPaused(paused));
  }

  static CompanyConfig withDeleted(CompanyConfig before, UUID endpointId) {
    return editEndpoint(before, endpointId, e -> e.withDeleted(true));
  }

  static CompanyConfig withSubscribedEvents(
      CompanyConfig before, UUID endpointId, List<String> subscribedEvents) {
    return editEndpoint(before, endpointId, e -> e.withSubscribedEvents(subscribedEvents));
  }

  static CompanyConfig withRateLimit(CompanyConfig before, UUID endpointId, double ratePerSecond) {
    return editEndpoint(
        before,
        endpointId,
        e -> e.withDeliveryOptions(new Endpoint.DeliveryOptions(null, null, ratePerSecond, false)));
  }

  private static CompanyConfig editEndpoint(
      CompanyConfig before, UUID endpointId, UnaryOperator<Endpoint> edit) {
    return new CompanyConfig(
        before.company(),
        before.endpoints().stream()
            .map(e -> e.id().equals(endpointId) ? edit.apply(e) : e)
            .toList());
  }
}
