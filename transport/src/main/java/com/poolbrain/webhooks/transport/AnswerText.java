package com.poolbrain.webhooks.transport;

import java.nio.charset.StandardCharsets;

/// The body of an answer as text that can be stored and shown, whatever bytes it was.
final class AnswerText {

  private static final int REPLACEMENT = 0xfffd;

  private AnswerText() {}

  /// The bytes as UTF-8 text: what is no UTF-8, and control characters, become U+FFFD, and the text
  /// is cut so that it takes no more than the given number of bytes.
  static String of(byte[] bytes, int length, int mostBytes) {
    String decoded = new String(bytes, 0, length, StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(decoded.length());
    int size = 0;
    for (int i = 0; i < decoded.length(); ) {
      int read = decoded.codePointAt(i);
      int shown = isHarmless(read) ? read : REPLACEMENT;
      size += utf8Size(shown);
      if (size > mostBytes) {
        break;
      }
      text.appendCodePoint(shown);
      i += Character.charCount(read);
    }
    return text.toString();
  }

  private static boolean isHarmless(int character) {
    return switch (character) {
      case '\t', '\n', '\r' -> true;
      default -> !Character.isISOControl(character);
    };
  }

  private static int utf8Size(int character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }
}
