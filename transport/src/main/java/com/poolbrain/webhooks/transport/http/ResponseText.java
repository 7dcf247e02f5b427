package com.poolbrain.webhooks.transport.http;

import java.nio.charset.StandardCharsets;

/// The body of a response as text that can be stored and displayed.
final class ResponseText {

  private static final int REPLACEMENT = 0xfffd;

  private ResponseText() {}

  /// Decodes UTF-8. Malformed bytes and control characters become U+FFFD. The text is cut to the
  /// given number of UTF-8 bytes.
  static String of(byte[] bytes, int length, int maxBytes) {
    String decoded = new String(bytes, 0, length, StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(decoded.length());
    int byteCount = 0;
    for (int i = 0; i < decoded.length(); ) {
      int codePoint = decoded.codePointAt(i);
      int kept = isPrintable(codePoint) ? codePoint : REPLACEMENT;
      byteCount += utf8Size(kept);
      if (byteCount > maxBytes) {
        break;
      }
      text.appendCodePoint(kept);
      i += Character.charCount(codePoint);
    }
    return text.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (codePoint) {
      case '\t', '\n', '\r' -> true;
      default -> !Character.isISOControl(codePoint);
    };
  }

  private static int utf8Size(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
}
