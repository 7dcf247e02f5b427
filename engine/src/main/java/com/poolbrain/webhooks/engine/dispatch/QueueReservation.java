package com.poolbrain.webhooks.engine.dispatch;

import java.util.UUID;

/// Whether this node has room in memory for a delivery that is being accepted.
public interface QueueReservation {

  /// Keeps a place in the endpoint's lane. A place that was given is either entered or withdrawn.
  ///
  /// @param bytes size of the event's data
  /// @return false if there is none: the delivery has to wait in the ledger, without an owner
  boolean tryReserve(long companyId, UUID endpointId, int bytes);
}
