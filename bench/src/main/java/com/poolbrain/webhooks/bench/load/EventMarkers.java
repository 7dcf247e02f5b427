package com.poolbrain.webhooks.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// The ids that events of one run bear in their bodies: found again wherever they stand, and all of
/// the same length, so that a request is made by writing digits over a copy.
public final class EventMarkers {

  /// Characters of a mark.
  static final int MARKER_LENGTH = 15;

  private static final int DIGIT_COUNT = 9;
  private final byte[] prefix;
  private final AtomicInteger nextNumber = new AtomicInteger();

  /// @param runId tells the runs of one day apart
  public EventMarkers(int runId) {
    prefix =
        String.format(Locale.ROOT, "b%04xz", runId & 0xFFFF).getBytes(StandardCharsets.US_ASCII);
  }

  /// Numbers that nobody else has; the first of so many.
  public int reserve(int count) {
    return nextNumber.getAndAdd(count);
  }

  /// The mark of that number, as it stands in a body.
  public String markerText(int number) {
    byte[] marker = new byte[MARKER_LENGTH];
    writeMarker(number, marker, 0);
    return new String(marker, StandardCharsets.US_ASCII);
  }

  /// Writes the mark of that number.
  void writeMarker(int number, byte[] target, int at) {
    System.arraycopy(prefix, 0, target, at, prefix.length);
    int remaining = number;
    for (int i = at + MARKER_LENGTH - 1; i >= at + prefix.length; i--) {
      target[i] = (byte) ('0' + remaining % 10);
      remaining /= 10;
    }
  }

  /// The number of the first mark at or after a position; -1 if there is none.
  int findNumber(byte[] body, int from, int to) {
    int last = to - MARKER_LENGTH;
    for (int i = from; i <= last; i++) {
      if (body[i] == prefix[0] && matches(body, i)) {
        return parseNumber(body, i + prefix.length);
      }
    }
    return -1;
  }

  private boolean matches(byte[] body, int at) {
    for (int i = 1; i < prefix.length; i++) {
      if (body[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static int parseNumber(byte[] body, int at) {
    int number = 0;
    for (int i = at; i < at + DIGIT_COUNT; i++) {
      number = number * 10 + body[i] - '0';
    }
    return number;
  }
}
