package com.poolbrain.webhooks.events;

import java.util.SplittableRandom;

/// Makes random documents twice at once: as a publisher could send them, with white space and any
/// escapes, and as the copier has to write them, by other means than the copier's.
final class RandomJson {

  private static final String[] NUMBERS = {
    "0", "-0", "7", "-12", "9007199254740993", "1.10", "1e400", "2E-3", "-0.0"
  };
  private static final int[] CHARACTERS = {
    'a', 'Z', ' ', '"', '\\', '/', '\n', '\t', 0, 0x1f, 0x7f, 0xe9, 0x4f60, 0x2028, 0xffff, 0x1f600
  };

  private final SplittableRandom random;
  private final StringBuilder sent = new StringBuilder();
  private final StringBuilder expected = new StringBuilder();

  RandomJson(SplittableRandom random) {
    this.random = random;
  }

  void next() {
    sent.setLength(0);
    expected.setLength(0);
    value(0);
    space();
  }

  String asSent() {
    return sent.toString();
  }

  String expected() {
    return expected.toString();
  }

  private void value(int depth) {
    space();
    switch (random.nextInt(depth < 5 ? 6 : 4)) {
      case 0 -> both(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 1 -> both(random.nextBoolean() ? "true" : "null");
      case 2, 3 -> string("");
      case 4 -> {
        both("[");
        items(depth, false);
        both("]");
      }
      default -> {
        both("{");
        items(depth, true);
        both("}");
      }
    }
  }

  private void items(int depth, boolean keys) {
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        both(",");
      }
      if (keys) {
        space();
        string("k" + i);
        space();
        both(":");
      }
      value(depth + 1);
      space();
    }
  }

  private void string(String start) {
    both("\"" + start);
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      int c = CHARACTERS[random.nextInt(CHARACTERS.length)];
      expected.append(python(c));
      boolean asIs = c >= 0x20 && c != '"' && c != '\\' && random.nextBoolean();
      sent.append(asIs ? Character.toString(c) : escapes(c, random.nextBoolean()));
    }
    both("\"");
  }

  private static String python(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default -> c >= 0x20 && c < 0x7f ? Character.toString(c) : escapes(c, false);
    };
  }

  private static String escapes(int c, boolean upper) {
    var text = new StringBuilder();
    for (char unit : Character.toChars(c)) {
      text.append(String.format(upper ? "\\u%04X" : "\\u%04x", (int) unit));
    }
    return text.toString();
  }

  private void both(String text) {
    sent.append(text);
    expected.append(text);
  }

  private void space() {
    sent.append(" \n\t\r  ", 0, random.nextInt(4));
  }
}
