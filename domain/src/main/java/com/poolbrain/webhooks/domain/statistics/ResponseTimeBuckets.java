package com.poolbrain.webhooks.domain.statistics;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Response times in buckets that grow by the fourth root of two. A percentile is the geometric
/// middle of its bucket, so it is at most 9.1 % too large or too small. Times below 1 µs count as 1
/// µs.
public final class ResponseTimeBuckets {

  /// Number of buckets. Times of more than an hour count as an hour.
  public static final int COUNT = 128;

  private static final int PER_OCTAVE = 4;

  /// Lower bounds of the buckets of an octave, as the first 32 bits of a fraction from 1 to 2.
  private static final long[] BOUNDS = {
    bound(Math.pow(2, 0.25)), bound(Math.pow(2, 0.5)), bound(Math.pow(2, 0.75))
  };

  private ResponseTimeBuckets() {}

  private static long bound(double fraction) {
    return (long) (fraction * (1L << 32));
  }

  /// The bucket of a response time.
  public static int indexOf(Duration time) {
    long micros = Math.max(1, time.toNanos() / 1_000);
    int octave = 63 - Long.numberOfLeadingZeros(micros);
    long fraction = octave <= 32 ? micros << (32 - octave) : micros >>> (octave - 32);
    int index = octave * PER_OCTAVE;
    for (long bound : BOUNDS) {
      if (fraction >= bound) {
        index++;
      }
    }
    return Math.min(index, COUNT - 1);
  }

  /// The time in milliseconds below which that part of the counted times lies; null if none is
  /// counted.
  ///
  /// @param counts number of times by bucket
  /// @param part from 0 to 1
  public static @Nullable Double percentileMillis(Map<Integer, Long> counts, double part) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    if (total <= 0) {
      return null;
    }
    long rank = Math.max(1, (long) Math.ceil(part * total));
    for (var entry : new TreeMap<>(counts).entrySet()) {
      rank -= entry.getValue();
      if (rank <= 0) {
        return middleMillis(entry.getKey());
      }
    }
    throw new IllegalStateException("the counts changed");
  }

  private static double middleMillis(int index) {
    double millis = Math.pow(2, (index + 0.5) / PER_OCTAVE) / 1_000;
    return Math.round(millis * 100) / 100.0;
  }
}
