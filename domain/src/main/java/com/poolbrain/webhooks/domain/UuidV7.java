package com.poolbrain.webhooks.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/// UUIDs of version 7 (RFC 9562): the first 48 bits are the time in milliseconds, so they sort by
/// age. The partition of a row follows from its id.
public final class UuidV7 {

  /// The order of the bytes, which is the order of PostgreSQL and of time. [UUID#compareTo]
  /// differs: it compares signed halves.
  public static final Comparator<UUID> ORDER =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private UuidV7() {}

  /// A UUID of this millisecond.
  ///
  /// @param sequence the 12 bits after the version, which sort the UUIDs of one millisecond
  /// @param random the lower 62 bits
  public static UUID of(long epochMillis, int sequence, long random) {
    return new UUID(
        epochMillis << 16 | VERSION | (sequence & 0xFFF),
        VARIANT | (random & ~0xC000_0000_0000_0000L));
  }

  /// The lower bound of all UUIDs of this millisecond, for searches and partitions.
  public static UUID lowerBound(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }

  /// The millisecond in the UUID.
  public static Instant instantOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  /// The earlier of two UUIDs.
  public static UUID min(UUID a, UUID b) {
    return ORDER.compare(a, b) <= 0 ? a : b;
  }

  /// The later of two UUIDs.
  public static UUID max(UUID a, UUID b) {
    return ORDER.compare(a, b) >= 0 ? a : b;
  }
}
