package com.poolbrain.webhooks.domain;

import java.time.Instant;
import java.util.UUID;

/// UUIDs that begin with their time (RFC 9562, version 7): sorted by age, and their day tells where
/// they are stored.
public final class UuidV7 {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private UuidV7() {}

  /// A UUID of that millisecond.
  ///
  /// @param sequence the 12 bits after the version: what sorts the UUIDs of one millisecond
  /// @param random the lower 62 bits
  public static UUID of(long epochMillis, int sequence, long random) {
    return new UUID(
        epochMillis << 16 | VERSION | (sequence & 0xFFF),
        VARIANT | (random & ~0xC000_0000_0000_0000L));
  }

  /// The smallest UUID of that millisecond: a bound for searches and partitions.
  public static UUID lowerBound(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }

  /// The millisecond that the UUID begins with.
  public static Instant instantOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
