package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A watch whose failures cost what it shows, and nothing else: publishers are answered and results
/// go on all the same.
///
/// @param delegate is told what happens
record SafeListener(EngineListener delegate) implements EngineListener {

  private static final Logger log = LoggerFactory.getLogger(SafeListener.class);

  @Override
  public void onEventsAccepted(List<Receipt> receipts) {
    runSafely(() -> delegate.onEventsAccepted(receipts));
  }

  @Override
  public void onDeliveryRecorded(DeliveryRecorded recorded) {
    runSafely(() -> delegate.onDeliveryRecorded(recorded));
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped deliveriesSkipped) {
    runSafely(() -> delegate.onDeliveriesSkipped(deliveriesSkipped));
  }

  private static void runSafely(Runnable notification) {
    try {
      notification.run();
    } catch (RuntimeException | Error bug) {
      log.error("A log line or a metric is missing; deliveries are not affected", bug);
    }
  }
}
