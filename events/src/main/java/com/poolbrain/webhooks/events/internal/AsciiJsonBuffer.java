package com.poolbrain.webhooks.events.internal;

import java.util.Arrays;

/// A growing buffer of JSON in ASCII. Strings are escaped like those of Python's `json.dumps`.
public final class AsciiJsonBuffer {

  private static final int MAX_ESCAPED_LENGTH = 6;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /// For each ASCII character: 0 if it needs no escape, else the letter after the backslash.
  private static final byte[] ESCAPES = new byte[128];

  static {
    Arrays.fill(ESCAPES, 0, 0x20, (byte) 'u');
    ESCAPES[0x7f] = 'u';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
    ESCAPES['\b'] = 'b';
    ESCAPES['\f'] = 'f';
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
  }

  private byte[] bytes = new byte[512];
  private int length;

  public void clear() {
    length = 0;
  }

  public byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  public void put(char ascii) {
    ensureCapacity(1);
    bytes[length++] = (byte) ascii;
  }

  public void put(byte[] ascii) {
    ensureCapacity(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
  }

  /// Appends ASCII characters that need no escape, such as digits.
  public void putPlain(char[] chars, int offset, int count) {
    ensureCapacity(count);
    for (int i = offset; i < offset + count; i++) {
      bytes[length++] = (byte) chars[i];
    }
  }

  /// Appends a string in quotes.
  ///
  /// @return false if the string holds a lone surrogate; then the buffer must not be used
  public boolean putString(char[] chars, int offset, int count) {
    ensureCapacity(count * MAX_ESCAPED_LENGTH + 2);
    bytes[length++] = '"';
    int end = offset + count;
    for (int i = offset; i < end; i++) {
      char c = chars[i];
      if (c < 128 && ESCAPES[c] == 0) {
        bytes[length++] = (byte) c;
        continue;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == end
            || !Character.isLowSurrogate(chars[i + 1])) {
          return false;
        }
        putEscape(c);
        c = chars[++i];
      }
      putEscape(c);
    }
    bytes[length++] = '"';
    return true;
  }

  private void putEscape(char c) {
    bytes[length++] = '\\';
    byte letter = c < 128 ? ESCAPES[c] : (byte) 'u';
    bytes[length++] = letter;
    if (letter == 'u') {
      bytes[length++] = HEX[c >> 12];
      bytes[length++] = HEX[c >> 8 & 0xf];
      bytes[length++] = HEX[c >> 4 & 0xf];
      bytes[length++] = HEX[c & 0xf];
    }
  }

  private void ensureCapacity(int additional) {
    if (bytes.length - length < additional) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + additional));
    }
  }
}
