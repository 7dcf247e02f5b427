package com.poolbrain.webhooks.domain;

/// Why a delivery was skipped. If several reasons apply, the first one in this order is recorded.
public enum SkipReason implements WireNamed {
  CANCELLED(
      "The delivery was cancelled, or its endpoint was deleted.",
      "If the endpoint still exists, the delivery can be redelivered."),
  WEBHOOKS_OFF(
      "Webhooks of the company were off.",
      "Switch webhooks on, then redeliver it or replay all that was missed."),
  ENDPOINT_PAUSED(
      "The endpoint was paused.",
      "Resume the endpoint, then redeliver it or replay all that was missed."),
  UNSUBSCRIBED(
      "The endpoint was no longer subscribed to the event.",
      "Subscribe the event again, then redeliver it or replay all that was missed.");

  private final String description;
  private final String advice;

  SkipReason(String description, String advice) {
    this.description = description;
    this.advice = advice;
  }

  /// One sentence that describes the reason.
  public String description() {
    return description;
  }

  /// What can be done so that the endpoint gets the event after all.
  public String advice() {
    return advice;
  }

  /// The reason with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no reason has this name
  public static SkipReason fromWireName(String wireName) {
    return WireNamed.find(SkipReason.class, "skip reason", wireName);
  }
}
