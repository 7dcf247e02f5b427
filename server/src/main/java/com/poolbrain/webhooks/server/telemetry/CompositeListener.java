package com.poolbrain.webhooks.server.telemetry;

import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;

/// Passes each event of the engine on to several listeners.
public record CompositeListener(List<EngineListener> listeners) implements EngineListener {

  public CompositeListener {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped) {
    listeners.forEach(listener -> listener.onEventsAccepted(receipts, skipped));
  }

  @Override
  public void onDeliveryRecorded(DeliveryRecorded recorded) {
    listeners.forEach(listener -> listener.onDeliveryRecorded(recorded));
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped deliveriesSkipped) {
    listeners.forEach(listener -> listener.onDeliveriesSkipped(deliveriesSkipped));
  }

  @Override
  public void onDeliveriesRestarted(DeliveriesRestarted deliveriesRestarted) {
    listeners.forEach(listener -> listener.onDeliveriesRestarted(deliveriesRestarted));
  }
}
