package com.poolbrain.webhooks.domain;

import java.time.Instant;

/// The content about one customer that is being erased: until it is, nothing of it is sent.
///
/// @param customerId the value of `customerId` in the data
/// @param acceptedBefore later events are not concerned
public record Erasure(String customerId, Instant acceptedBefore) {

  /// Whether an event is old enough to be concerned.
  public boolean concerns(Event event) {
    return UuidV7.instantOf(event.id()).isBefore(acceptedBefore);
  }
}
