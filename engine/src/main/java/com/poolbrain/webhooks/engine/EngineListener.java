package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;

/// Is called once for everything that happens: logs, metrics and live rows derive from these
/// events.
///
/// Called on the engine's threads, so it must return quickly. An exception is logged and ignored.
public interface EngineListener {

  /// A publish request became durable.
  ///
  /// @param skipped its deliveries that were skipped at once
  void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped);

  /// A result of a delivery became durable: of an attempt, or of a delivery that ended unsent.
  void onDeliveryRecorded(DeliveryRecorded event);

  /// Deliveries of an endpoint that no node owned were skipped together.
  void onDeliveriesSkipped(DeliveriesSkipped event);

  /// Deliveries of an endpoint were made due by a background job.
  default void onDeliveriesRestarted(DeliveriesRestarted event) {}
}
