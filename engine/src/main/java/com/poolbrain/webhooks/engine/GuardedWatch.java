package com.poolbrain.webhooks.engine;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A watch whose failures cost what it shows, and nothing else: publishers are answered and results
/// go on all the same.
///
/// @param watch is told what happens
record GuardedWatch(Watch watch) implements Watch {

  private static final Logger log = LoggerFactory.getLogger(GuardedWatch.class);

  @Override
  public void accepted(List<Receipt> receipts) {
    guarded(() -> watch.accepted(receipts));
  }

  @Override
  public void attempted(AttemptFinished finished) {
    guarded(() -> watch.attempted(finished));
  }

  @Override
  public void skipped(Skipped skipped) {
    guarded(() -> watch.skipped(skipped));
  }

  private static void guarded(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error bug) {
      log.error("A log line or a metric is missing; deliveries are not affected", bug);
    }
  }
}
