package com.poolbrain.webhooks.events.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Strict UTF-8 by table 3-7 of the Unicode standard. JSON parsers are more lenient: they accept
/// overlong forms and encoded surrogates, which other parsers read differently.
public final class Utf8 {

  private static final VarHandle LONG_VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NON_ASCII_MASK = 0x8080808080808080L;

  private Utf8() {}

  /// The position of the first byte of the first malformed sequence; -1 if there is none.
  public static int firstMalformed(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      if (bytes[i] >= 0) {
        i = skipAscii(bytes, i + 1);
        continue;
      }
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /// The text with every lone surrogate, which UTF-8 can't encode, replaced by a question mark.
  public static String replaceLoneSurrogates(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int skipAscii(byte[] bytes, int from) {
    int i = from;
    while (i + Long.BYTES <= bytes.length
        && ((long) LONG_VIEW.get(bytes, i) & NON_ASCII_MASK) == 0) {
      i += Long.BYTES;
    }
    while (i < bytes.length && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  private static int sequenceLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int second = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
    if (first >= 0xC2 && first <= 0xDF) {
      return isContinuation(second) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int lowest = first == 0xE0 ? 0xA0 : 0x80; // below: overlong
      int highest = first == 0xED ? 0x9F : 0xBF; // above: surrogates
      return second >= lowest && second <= highest && hasContinuationBytes(bytes, at + 2, 1)
          ? 3
          : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int lowest = first == 0xF0 ? 0x90 : 0x80; // below: overlong
      int highest = first == 0xF4 ? 0x8F : 0xBF; // above: beyond U+10FFFF
      return second >= lowest && second <= highest && hasContinuationBytes(bytes, at + 2, 2)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean hasContinuationBytes(byte[] bytes, int at, int count) {
    for (int i = at; i < at + count; i++) {
      if (i >= bytes.length || !isContinuation(bytes[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isContinuation(int value) {
    return (value & 0xC0) == 0x80;
  }
}
