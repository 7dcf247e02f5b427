package com.poolbrain.webhooks.store.query;

import java.util.List;

/// A delivery with its latest attempts.
///
/// @param attempts in ascending order of their numbers
public record DeliveryTimeline(LoggedDelivery delivery, List<LoggedAttempt> attempts) {

  public DeliveryTimeline {
    attempts = List.copyOf(attempts);
  }
}
