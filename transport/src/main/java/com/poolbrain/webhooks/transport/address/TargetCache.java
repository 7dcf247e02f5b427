package com.poolbrain.webhooks.transport.address;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;

/// Caches the parsed targets of recently used URLs.
public final class TargetCache {

  private static final int MAX_TARGETS = 20_000;

  private final ConcurrentHashMap<URI, Target> targets = new ConcurrentHashMap<>();

  /// The parsed target of a URL.
  ///
  /// @throws IllegalArgumentException as [Target#of]
  public Target get(URI url) {
    Target target = targets.get(url);
    if (target == null) {
      target = Target.of(url);
      if (targets.size() >= MAX_TARGETS) {
        targets.clear();
      }
      targets.put(url, target);
    }
    return target;
  }
}
