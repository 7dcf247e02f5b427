package com.poolbrain.webhooks.engine;

/// The bytes that all lanes hold. Guarded by the lock of [Lanes].
final class Weights {

  private final long most;
  private long bytes;

  Weights(long most) {
    this.most = most;
  }

  long bytes() {
    return bytes;
  }

  /// A lane takes so much more, or less.
  void change(Lane lane, long by) {
    lane.bytes += by;
    bytes += by;
  }

  /// Whether a lane may take so much more: a small part of what is free, or its first claim. So
  /// something is always left for others, however many lanes hold what they may.
  boolean fits(Lane lane, long weight) {
    return weight <= (lane.size() == 0 ? most - bytes : share(lane, 0));
  }

  /// How many claims of unknown size a lane may ask for.
  ///
  /// @param asked bytes that others are asking for
  int places(Lane lane, long asked) {
    int atLeast = lane.size() == 0 && bytes + asked < most ? 1 : 0;
    return Math.max(lane.placesFor(share(lane, asked)), atLeast);
  }

  private long share(Lane lane, long asked) {
    return (most - bytes - asked) / Capacity.SHARES - lane.bytes;
  }
}
