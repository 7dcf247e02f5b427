package com.poolbrain.webhooks.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Markers in the bodies of the events of one run. A marker is found at any position of a body. All
/// have the same length, so that a request is made by writing digits into a copy.
public final class EventMarkers {

  /// Characters of a marker.
  static final int MARKER_LENGTH = 15;

  private static final int DIGIT_COUNT = 9;

  private final byte[] prefix;
  private final AtomicInteger nextNumber = new AtomicInteger();

  /// Markers of a new run.
  public EventMarkers() {
    this((int) (System.nanoTime() >>> 10));
  }

  /// @param runId distinguishes the runs of one day; its lower 16 bits count
  public EventMarkers(int runId) {
    prefix = "b%04xz".formatted(runId & 0xFFFF).getBytes(StandardCharsets.US_ASCII);
  }

  /// Reserves consecutive numbers and returns the first.
  public int reserve(int count) {
    return nextNumber.getAndAdd(count);
  }

  /// The marker of a number as text.
  public String markerText(int number) {
    byte[] marker = new byte[MARKER_LENGTH];
    writeMarker(number, marker, 0);
    return new String(marker, StandardCharsets.US_ASCII);
  }

  void writeMarker(int number, byte[] target, int at) {
    System.arraycopy(prefix, 0, target, at, prefix.length);
    int remaining = number;
    for (int i = at + MARKER_LENGTH - 1; i >= at + prefix.length; i--) {
      target[i] = (byte) ('0' + remaining % 10);
      remaining /= 10;
    }
  }

  /// The number of the first marker between two positions; -1 if there is none.
  int findNumber(byte[] body, int from, int to) {
    for (int i = from; i <= to - MARKER_LENGTH; i++) {
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
