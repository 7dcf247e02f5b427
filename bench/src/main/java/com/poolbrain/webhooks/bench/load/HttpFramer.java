package com.poolbrain.webhooks.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts a stream of bytes into HTTP/1.1 messages with as little work as that takes, so that the
/// measuring costs little of what is measured. Understands `Content-Length` and chunked bodies.
final class HttpFramer {

  /// One message.
  interface Sink {
    /// Takes it.
    ///
    /// @param bytes holds the message, until this returns
    /// @param body where its body begins, chunks joined
    /// @param end after the last byte of its body
    void onMessage(byte[] bytes, int start, int body, int end);
  }

  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRANSFER_ENCODING =
      "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

  private final Sink sink;
  private byte[] buffer = new byte[4_096];
  private int size;

  HttpFramer(Sink sink) {
    this.sink = sink;
  }

  /// Takes what has arrived.
  void feed(ByteBuf input) {
    int inputLength = input.readableBytes();
    if (size + inputLength > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + inputLength));
    }
    input.readBytes(buffer, size, inputLength);
    size += inputLength;
    int consumed = 0;
    for (int next = parseMessage(0); next > consumed; next = parseMessage(consumed)) {
      consumed = next;
    }
    size -= consumed;
    System.arraycopy(buffer, consumed, buffer, 0, size);
  }

  /// Forgets what is incomplete.
  void reset() {
    size = 0;
  }

  /// Says where the message ends that begins there; or where it begins, if it is not complete.
  private int parseMessage(int start) {
    int body = findBodyStart(start);
    if (body < 0) {
      return start;
    }
    int length = findHeaderValue(start, body, CONTENT_LENGTH);
    if (length < 0 && findHeaderValue(start, body, TRANSFER_ENCODING) >= 0) {
      return parseChunked(start, body);
    }
    int end = length < 0 ? body : body + parseNumber(length, 10);
    if (end > size) {
      return start;
    }
    sink.onMessage(buffer, start, body, end);
    return end;
  }

  private int findBodyStart(int from) {
    for (int i = from + 3; i < size; i++) {
      if (buffer[i] == '\n'
          && buffer[i - 1] == '\r'
          && buffer[i - 2] == '\n'
          && buffer[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private int parseChunked(int start, int body) {
    int end = findChunksEnd(body);
    if (end < 0) {
      return start;
    }
    int joinedEnd = body;
    int at = body;
    for (int chunkLength = parseNumber(at, 16);
        chunkLength > 0;
        chunkLength = parseNumber(at, 16)) {
      int data = nextLineStart(at);
      System.arraycopy(buffer, data, buffer, joinedEnd, chunkLength);
      joinedEnd += chunkLength;
      at = data + chunkLength + 2;
    }
    sink.onMessage(buffer, start, body, joinedEnd);
    return end;
  }

  /// Where the last chunk ends, trailers included; -1 if it is not there yet.
  private int findChunksEnd(int body) {
    int at = body;
    while (true) {
      int data = nextLineStart(at);
      if (data < 0) {
        return -1;
      }
      int chunkLength = parseNumber(at, 16);
      if (chunkLength == 0) {
        return findTrailersEnd(data);
      }
      at = data + chunkLength + 2;
    }
  }

  private int findTrailersEnd(int from) {
    int line = from;
    for (int next = nextLineStart(line); next >= 0; next = nextLineStart(line)) {
      if (next == line + 2) {
        return next;
      }
      line = next;
    }
    return -1;
  }

  private int nextLineStart(int at) {
    for (int i = at + 1; i < size; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private int findHeaderValue(int from, int to, byte[] name) {
    for (int i = from; i + name.length < to; i++) {
      if (buffer[i] == '\n' && matches(i + 1, name)) {
        return i + 1 + name.length;
      }
    }
    return -1;
  }

  private boolean matches(int at, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      int c = buffer[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private int parseNumber(int from, int radix) {
    return parseNumber(buffer, from, radix);
  }

  /// The number that stands there, after blanks.
  static int parseNumber(byte[] bytes, int from, int radix) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    int number = 0;
    for (int digit = Character.digit(bytes[at], radix);
        digit >= 0;
        digit = Character.digit(bytes[++at], radix)) {
      number = number * radix + digit;
    }
    return number;
  }

  /// The status of a response.
  static int parseStatus(byte[] bytes, int start) {
    return parseNumber(bytes, start + 9, 10);
  }
}
