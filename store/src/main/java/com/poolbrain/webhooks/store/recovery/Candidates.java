package com.poolbrain.webhooks.store.recovery;

import java.util.List;
import java.util.UUID;

/// Deliveries that a job may make, found by one bounded scan.
///
/// @param items in ascending order of their positions
/// @param scannedTo where the next scan begins
/// @param isComplete whether the range has no more
record Candidates(List<Candidate> items, UUID scannedTo, boolean isComplete) {

  Candidates {
    items = List.copyOf(items);
  }

  /// One delivery to make.
  sealed interface Candidate {

    /// A scan that begins here finds what follows.
    UUID position();

    /// The event whose content is delivered.
    UUID eventId();

    /// An ended delivery, to be moved back.
    record EndedDelivery(UUID position, UUID id, UUID eventId) implements Candidate {}

    /// An event for which the endpoint has no delivery.
    record MissingDelivery(UUID eventId, String eventName) implements Candidate {
      @Override
      public UUID position() {
        return eventId;
      }
    }
  }
}
