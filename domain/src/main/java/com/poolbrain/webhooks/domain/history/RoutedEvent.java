package com.poolbrain.webhooks.domain.history;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An accepted event, as far as it matters where it went.
///
/// @param configVersion of the configuration that decided it
/// @param skip how its delivery to the endpoint in question was skipped; null if it was not
public record RoutedEvent(EventType type, long configVersion, @Nullable Skip skip) {

  /// A skipped delivery.
  public record Skip(SkipReason reason, Instant at) {}
}
