package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.ResultListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Protects the engine from the failures of a listener: they are logged, and the work goes on.
record SafeListener(EngineListener delegate) implements EngineListener, ResultListener {

  private static final Logger log = LoggerFactory.getLogger(SafeListener.class);

  @Override
  public void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped) {
    callSafely(() -> delegate.onEventsAccepted(receipts, skipped));
  }

  @Override
  public void onDeliveryRecorded(DeliveryRecorded event) {
    callSafely(() -> delegate.onDeliveryRecorded(event));
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped event) {
    callSafely(() -> delegate.onDeliveriesSkipped(event));
  }

  @Override
  public void onDeliveriesRestarted(DeliveriesRestarted event) {
    callSafely(() -> delegate.onDeliveriesRestarted(event));
  }

  @Override
  public void onRecorded(DeliveryRecorded event) {
    onDeliveryRecorded(event);
  }

  @Override
  public void onAbandoned(Claim claim) {}

  private static void callSafely(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error bug) {
      log.error("A listener failed: a log line or a metric is missing, no delivery", bug);
    }
  }
}
