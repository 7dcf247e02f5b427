package com.poolbrain.webhooks.engine.dispatch;

import java.util.UUID;

/// What [DeliveryDispatcher] need of the node around them. Called with the lanes' lock held, except
/// [#startAttempt(Owned)].
public interface DispatchContext {

  /// Monotonic nanoseconds.
  long nanoTime();

  /// How fast this node may go to that endpoint now.
  EndpointQuota quota(UUID endpointId);

  /// Begins an attempt on a thread of its own, and returns at once.
  void startAttempt(OwnedClaim ownedClaim);

  /// A lane begins to wait for its rate.
  void requestRelease();

  /// A lane whose deliveries wait in the ledger has room again.
  void requestRefill();
}
