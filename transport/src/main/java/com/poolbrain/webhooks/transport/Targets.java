package com.poolbrain.webhooks.transport;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;

/// The targets of URLs that were sent to lately, so that a URL is taken apart once, not for every
/// attempt.
final class Targets {

  private static final int MOST = 20_000;

  private final ConcurrentHashMap<URI, Target> known = new ConcurrentHashMap<>();

  /// @throws IllegalArgumentException as [Target#of]
  Target of(URI url) {
    Target target = known.get(url);
    if (target == null) {
      target = Target.of(url);
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(url, target);
    }
    return target;
  }
}
