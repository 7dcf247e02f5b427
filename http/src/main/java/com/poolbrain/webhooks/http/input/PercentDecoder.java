package com.poolbrain.webhooks.http.input;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Decodes the percent-encoding of RFC 3986 strictly.
public final class PercentDecoder {

  private PercentDecoder() {}

  /// The decoded path segment; null if it is not valid.
  public static @Nullable String decode(String encoded) {
    return encoded.indexOf('%') < 0 && isAscii(encoded) ? encoded : decode(encoded, false);
  }

  /// The decoded name or value of a query, where `+` is a space; null if it is not valid.
  static @Nullable String decodeForm(String encoded) {
    return decode(encoded, true);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static @Nullable String decode(String encoded, boolean isForm) {
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(i + 2), 16);
        if (low < 0) {
          return null;
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c >= 0x80) {
        return null;
      } else {
        bytes.write(isForm && c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }
}
