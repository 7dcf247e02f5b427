package com.poolbrain.webhooks.management.live;

import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.util.List;

/// What a viewer gets at once.
///
/// @param deliveries new or changed ones, oldest first; none if there is nothing to tell
/// @param isComplete whether none is missing because there were too many
public record LiveBatch(List<LoggedDelivery> deliveries, boolean isComplete) {

  public LiveBatch {
    deliveries = List.copyOf(deliveries);
  }
}
