package com.poolbrain.webhooks.consumer;

import java.time.Duration;
import java.util.UUID;

/// Remembers which deliveries were handled, so that each is handled once although it may arrive
/// several times, on several servers at the same time. A delivery is claimed, handled, and then
/// completed or released.
///
/// ```java
/// if (store.claim(id, lease) instanceof Claim claim) {
///   handle();
///   store.complete(claim);
/// }
/// ```
///
/// An implementation must be safe for use by several threads. Its exceptions make the receiver
/// answer 500, so that the delivery is sent again.
public interface IdempotencyStore {

  /// Claims a delivery that is neither completed nor under a claim whose lease still runs. Only one
  /// of several concurrent calls succeeds.
  ///
  /// @param id id of the delivery
  /// @param lease time after which others may claim the delivery again, because the process that
  ///   had claimed it is probably dead
  ClaimResult claim(UUID id, Duration lease);

  /// Records that the delivery was handled. Completing it again with the same claim changes
  /// nothing.
  ///
  /// @return false if the lease ended and another process has claimed the delivery since
  boolean complete(Claim claim);

  /// Gives a claim back after a failure, so that the next attempt can claim the delivery at once.
  /// Changes nothing if the delivery is completed, or claimed by another process.
  void release(Claim claim);
}
