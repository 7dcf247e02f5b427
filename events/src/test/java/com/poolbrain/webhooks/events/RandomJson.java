package com.poolbrain.webhooks.events;

import java.util.SplittableRandom;

/// Random JSON documents in two forms: as a publisher could send them, with white space and any
/// escapes, and as [AsciiJsonCopier] has to write them. The second form does not use the copier.
final class RandomJson {

  private static final String[] NUMBERS = {
    "0", "-0", "7", "-12", "9007199254740993", "1.10", "1e400", "2E-3", "-0.0"
  };
  private static final int[] CHARACTERS = {
    'a', 'Z', ' ', '"', '\\', '/', '\n', '\t', 0, 0x1f, 0x7f, 0xe9, 0x4f60, 0x2028, 0xffff, 0x1f600
  };

  private final SplittableRandom random;
  private final StringBuilder input = new StringBuilder();
  private final StringBuilder expected = new StringBuilder();

  RandomJson(SplittableRandom random) {
    this.random = random;
  }

  void generate() {
    input.setLength(0);
    expected.setLength(0);
    appendValue(0);
    appendWhiteSpace();
  }

  String input() {
    return input.toString();
  }

  String expected() {
    return expected.toString();
  }

  private void appendValue(int depth) {
    appendWhiteSpace();
    switch (random.nextInt(depth < 5 ? 6 : 4)) {
      case 0 -> appendToBoth(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 1 -> appendToBoth(random.nextBoolean() ? "true" : "null");
      case 2, 3 -> appendString("");
      case 4 -> {
        appendToBoth("[");
        appendItems(depth, false);
        appendToBoth("]");
      }
      default -> {
        appendToBoth("{");
        appendItems(depth, true);
        appendToBoth("}");
      }
    }
  }

  private void appendItems(int depth, boolean keys) {
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        appendToBoth(",");
      }
      if (keys) {
        appendWhiteSpace();
        appendString("k" + i);
        appendWhiteSpace();
        appendToBoth(":");
      }
      appendValue(depth + 1);
      appendWhiteSpace();
    }
  }

  private void appendString(String start) {
    appendToBoth("\"" + start);
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      int c = CHARACTERS[random.nextInt(CHARACTERS.length)];
      expected.append(escapeLikePython(c));
      boolean unescaped = c >= 0x20 && c != '"' && c != '\\' && random.nextBoolean();
      input.append(unescaped ? Character.toString(c) : unicodeEscapes(c, random.nextBoolean()));
    }
    appendToBoth("\"");
  }

  private static String escapeLikePython(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default -> c >= 0x20 && c < 0x7f ? Character.toString(c) : unicodeEscapes(c, false);
    };
  }

  private static String unicodeEscapes(int c, boolean upper) {
    var text = new StringBuilder();
    for (char unit : Character.toChars(c)) {
      text.append(String.format(upper ? "\\u%04X" : "\\u%04x", (int) unit));
    }
    return text.toString();
  }

  private void appendToBoth(String text) {
    input.append(text);
    expected.append(text);
  }

  private void appendWhiteSpace() {
    input.append(" \n\t\r  ", 0, random.nextInt(4));
  }
}
