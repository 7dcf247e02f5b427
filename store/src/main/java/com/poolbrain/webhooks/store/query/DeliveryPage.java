package com.poolbrain.webhooks.store.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the log, newest first. It may be empty although the log goes on: what is rare is
/// looked for a bounded while at a time.
///
/// @param nextCursor where it goes on; null at its end
public record DeliveryPage(List<LoggedDelivery> deliveries, @Nullable Cursor nextCursor) {

  public DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }
}
