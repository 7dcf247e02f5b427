package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.Plan;
import java.util.List;
import java.util.UUID;

/// Queue space that is reserved for planned deliveries until it is committed or released.
///
/// ```java
/// try (QueueReservation reservation = dispatcher.reserve(plans)) {
///   store(reservation.plans());
///   reservation.commit(incarnation);
/// }
/// ```
public final class QueueReservation implements AutoCloseable {

  private final DeliveryDispatcher dispatcher;
  private final List<Plan> plans;
  private final List<Claim> reserved;
  private boolean committed;

  QueueReservation(DeliveryDispatcher dispatcher, List<Plan> plans, List<Claim> reserved) {
    this.dispatcher = dispatcher;
    this.plans = plans;
    this.reserved = reserved;
  }

  /// The plans, in which only deliveries with reserved space are owned.
  public List<Plan> plans() {
    return plans;
  }

  /// Fills the reserved space with the deliveries, which that incarnation owns now.
  public void commit(UUID incarnation) {
    committed = true;
    dispatcher.enqueueReserved(OwnedClaim.ofAll(reserved, incarnation));
  }

  /// Releases the space unless it was committed.
  @Override
  public void close() {
    if (!committed) {
      dispatcher.releaseReservation(reserved);
    }
  }
}
