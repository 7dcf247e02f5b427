package com.poolbrain.webhooks.engine;

import java.util.UUID;

/// What [Lanes] need of the node around them. Called with the lanes' lock held, except
/// [#start(Owned)].
interface Surroundings {

  /// Monotonic nanoseconds.
  long nanoTime();

  /// How fast this node may go to that endpoint now.
  Pace pace(UUID endpointId);

  /// Begins an attempt on a thread of its own, and returns at once.
  void start(Owned owned);

  /// A lane begins to wait for its rate.
  void throttled();

  /// A lane whose deliveries wait in the ledger has room again.
  void hungry();
}
