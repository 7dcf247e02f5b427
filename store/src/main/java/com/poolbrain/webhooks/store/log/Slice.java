package com.poolbrain.webhooks.store.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the log, newest first. It may be empty although the log goes on: what is rare is
/// looked for a bounded while at a time.
///
/// @param next where it goes on; null at its end
public record Slice(List<LoggedDelivery> deliveries, @Nullable Position next) {

  public Slice {
    deliveries = List.copyOf(deliveries);
  }
}
