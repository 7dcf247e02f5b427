package com.poolbrain.webhooks.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// The ids that events of one run bear in their bodies: found again wherever they stand, and all of
/// the same length, so that a request is made by writing digits over a copy.
public final class Marks {

  /// Characters of a mark.
  static final int LENGTH = 15;

  private static final int DIGITS = 9;
  private final byte[] prefix;
  private final AtomicInteger next = new AtomicInteger();

  /// @param run tells the runs of one day apart
  public Marks(int run) {
    prefix = String.format(Locale.ROOT, "b%04xz", run & 0xFFFF).getBytes(StandardCharsets.US_ASCII);
  }

  /// Numbers that nobody else has; the first of so many.
  public int numbers(int count) {
    return next.getAndAdd(count);
  }

  /// The mark of that number, as it stands in a body.
  public String text(int number) {
    byte[] mark = new byte[LENGTH];
    write(number, mark, 0);
    return new String(mark, StandardCharsets.US_ASCII);
  }

  /// Writes the mark of that number.
  void write(int number, byte[] target, int at) {
    System.arraycopy(prefix, 0, target, at, prefix.length);
    int rest = number;
    for (int i = at + LENGTH - 1; i >= at + prefix.length; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /// The number of the first mark at or after a position; -1 if there is none.
  int find(byte[] body, int from, int to) {
    int last = to - LENGTH;
    for (int i = from; i <= last; i++) {
      if (body[i] == prefix[0] && matches(body, i)) {
        return number(body, i + prefix.length);
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

  private static int number(byte[] body, int at) {
    int number = 0;
    for (int i = at; i < at + DIGITS; i++) {
      number = number * 10 + body[i] - '0';
    }
    return number;
  }
}
