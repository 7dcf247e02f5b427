package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;

/// Is told what happens, once: logs, metrics and live rows derive from these. Called on the
/// engine's threads, so it returns quickly; what it throws is logged.
public interface EngineListener {

  /// A submission became durable.
  void onEventsAccepted(List<Receipt> receipts);

  /// An attempt was made, and what became of it is durable.
  void onDeliveryRecorded(DeliveryRecorded recorded);

  /// A delivery of this node ended unsent, or deliveries of an endpoint did.
  void onDeliveriesSkipped(DeliveriesSkipped deliveriesSkipped);
}
