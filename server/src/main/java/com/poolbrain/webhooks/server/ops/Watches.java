package com.poolbrain.webhooks.server.ops;

import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Skipped;
import com.poolbrain.webhooks.engine.Watch;
import java.util.List;

/// Tells several what happens.
public record Watches(List<Watch> all) implements Watch {

  public Watches {
    all = List.copyOf(all);
  }

  @Override
  public void accepted(List<Receipt> receipts) {
    all.forEach(watch -> watch.accepted(receipts));
  }

  @Override
  public void attempted(AttemptFinished finished) {
    all.forEach(watch -> watch.attempted(finished));
  }

  @Override
  public void skipped(Skipped skipped) {
    all.forEach(watch -> watch.skipped(skipped));
  }
}
