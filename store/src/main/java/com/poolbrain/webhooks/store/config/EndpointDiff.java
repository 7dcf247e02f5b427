package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The difference between two versions of an endpoint, as texts for the audit trail.
final class EndpointDiff {

  private final Map<String, String> changes = new HashMap<>();

  private EndpointDiff() {}

  static Map<String, String> between(Endpoint before, Endpoint after) {
    EndpointDiff diff = new EndpointDiff();
    diff.compare("url", before.url(), after.url());
    diff.compare(
        "events",
        String.join(" ", before.subscribedEvents()),
        String.join(" ", after.subscribedEvents()));
    diff.compare("description", before.description(), after.description());
    diff.compare("paused", before.paused(), after.paused());
    Endpoint.DeliveryOptions optionsBefore = before.deliveryOptions();
    Endpoint.DeliveryOptions optionsAfter = after.deliveryOptions();
    diff.compare("timeout", optionsBefore.timeout(), optionsAfter.timeout());
    diff.compare("max_concurrency", optionsBefore.maxConcurrency(), optionsAfter.maxConcurrency());
    diff.compare("rate_per_second", optionsBefore.ratePerSecond(), optionsAfter.ratePerSecond());
    diff.compare(
        "standard_webhooks", optionsBefore.standardWebhooks(), optionsAfter.standardWebhooks());
    if (!before.signingSecrets().equals(after.signingSecrets())) {
      diff.changes.put("secret", "replaced");
    }
    return diff.changes;
  }

  private void compare(String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changes.put(field, describe(before) + " → " + describe(after));
    }
  }

  private static String describe(@Nullable Object value) {
    return value == null ? "default" : value.toString();
  }
}
