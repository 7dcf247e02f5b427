package com.poolbrain.webhooks.management.support;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A look-up by the URL of an endpoint and a time, as customers tell them.
///
/// @param url that any endpoint had at that time
/// @param at the `timestamp` of an event, or about the time of its acceptance
/// @param window how far from that, each way
/// @param companyId null for all companies
public record UrlLookup(String url, Instant at, Duration window, @Nullable Long companyId) {

  /// Largest window.
  public static final Duration MAX_WINDOW = Duration.ofHours(24);

  /// Window of a look-up that names none.
  public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(15);

  Instant from() {
    return at.minus(window);
  }

  Instant to() {
    return at.plus(window);
  }

  /// The path of a URL may have tokens.
  @Override
  public String toString() {
    return "UrlLookup[at " + at + ", window " + window + ", company " + companyId + "]";
  }
}
