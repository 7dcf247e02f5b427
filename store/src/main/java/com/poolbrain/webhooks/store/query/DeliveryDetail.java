package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.Event;
import java.util.List;

/// A delivery with its event and all its attempts.
///
/// @param attempts in ascending order of their numbers
public record DeliveryDetail(LoggedDelivery delivery, Event event, List<LoggedAttempt> attempts) {

  public DeliveryDetail {
    attempts = List.copyOf(attempts);
  }
}
