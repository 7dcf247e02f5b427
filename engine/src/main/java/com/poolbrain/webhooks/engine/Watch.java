package com.poolbrain.webhooks.engine;

import java.util.List;

/// Is told what happens, once: logs, metrics and live rows derive from these. Called on the
/// engine's threads, so it returns quickly; what it throws is logged.
public interface Watch {

  /// A submission became durable.
  void accepted(List<Receipt> receipts);

  /// An attempt was made, and what became of it is durable.
  void attempted(AttemptFinished finished);

  /// A delivery of this node ended unsent, or deliveries of an endpoint did.
  void skipped(Skipped skipped);
}
