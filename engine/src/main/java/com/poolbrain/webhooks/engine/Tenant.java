package com.poolbrain.webhooks.engine;

import java.util.ArrayDeque;

/// The lanes of one company, which take turns, as companies do. Guarded by the lock of [Lanes].
final class Tenant {

  final ArrayDeque<Lane> ready = new ArrayDeque<>(2);
  int inFlight;
  boolean inRing;
}
