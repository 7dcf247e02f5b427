package com.poolbrain.webhooks.domain;

/// Why an attempt was started.
public enum Trigger implements WireNamed {
  /// By the retry schedule. Only automatic attempts advance it.
  AUTOMATIC,
  /// By a request to redeliver.
  MANUAL,
  /// By a test of the endpoint: one attempt without retries, which counts neither for health nor
  /// for statistics.
  TEST;

  /// The trigger with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no trigger has this name
  public static Trigger fromWireName(String wireName) {
    return WireNamed.find(Trigger.class, "trigger", wireName);
  }
}
