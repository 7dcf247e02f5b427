package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a change of an endpoint changed, in words for those who look it up later.
final class EndpointDifference {

  private final Map<String, String> found = new HashMap<>();

  private EndpointDifference() {}

  static Map<String, String> between(Endpoint before, Endpoint after) {
    EndpointDifference difference = new EndpointDifference();
    difference.compare("url", before.url(), after.url());
    difference.compare("events", String.join(" ", before.names()), String.join(" ", after.names()));
    difference.compare("description", before.description(), after.description());
    difference.compare("paused", before.paused(), after.paused());
    Endpoint.Tuning was = before.tuning();
    Endpoint.Tuning is = after.tuning();
    difference.compare("timeout", was.timeout(), is.timeout());
    difference.compare("max_concurrency", was.maxConcurrency(), is.maxConcurrency());
    difference.compare("rate_per_second", was.ratePerSecond(), is.ratePerSecond());
    difference.compare("standard_webhooks", was.standardWebhooks(), is.standardWebhooks());
    if (!before.secrets().equals(after.secrets())) {
      difference.found.put("secret", "replaced");
    }
    return difference.found;
  }

  private void compare(String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      found.put(field, word(before) + " → " + word(after));
    }
  }

  private static String word(@Nullable Object value) {
    return value == null ? "default" : value.toString();
  }
}
