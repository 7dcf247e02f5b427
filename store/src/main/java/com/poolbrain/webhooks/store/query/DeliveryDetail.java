package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.Event;
import java.util.List;

/// A delivery with what it carries and all that was tried.
///
/// @param attempts by number
public record DeliveryDetail(LoggedDelivery delivery, Event event, List<LoggedAttempt> attempts) {

  public DeliveryDetail {
    attempts = List.copyOf(attempts);
  }
}
