package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.node.EndpointQuota;
import java.util.UUID;

/// The parts of the engine that [DeliveryDispatcher] calls. All methods but [#startAttempt] are
/// called while the dispatcher's lock is held.
public interface DispatchContext {

  /// Monotonic nanoseconds.
  long nanoTime();

  /// This node's present share of the limits of an endpoint.
  EndpointQuota quota(UUID endpointId);

  /// Starts an attempt on its own thread, and returns at once.
  void startAttempt(OwnedClaim claim);

  /// Asks for a call of [DeliveryDispatcher#releaseWaiting] soon.
  void requestRelease();

  /// Reports that a queue whose deliveries wait in the ledger has room again.
  void requestRefill();

  /// Reports that a waiting claim was dropped, because this node no longer owns it.
  void claimDropped(Claim claim);
}
