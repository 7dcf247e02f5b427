package com.poolbrain.webhooks.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Splits a stream of bytes into HTTP/1.1 messages with `Content-Length` or chunked bodies. It does
/// as little as possible, because the bench shares the processor with what it measures.
final class HttpFramer {

  /// Consumer of messages.
  interface Sink {
    /// Handles a complete message.
    ///
    /// @param bytes hold the message until this method returns
    /// @param body start of the body; chunks are joined
    /// @param end end of the body
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

  /// Takes the next bytes and releases their buffer.
  void feed(ByteBuf input) {
    int inputLength = input.readableBytes();
    if (size + inputLength > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + inputLength));
    }
    input.readBytes(buffer, size, inputLength);
    input.release();
    size += inputLength;
    int consumed = 0;
    for (int next = parseMessage(0); next > consumed; next = parseMessage(consumed)) {
      consumed = next;
    }
    size -= consumed;
    System.arraycopy(buffer, consumed, buffer, 0, size);
  }

  /// Discards an incomplete message.
  void reset() {
    size = 0;
  }

  /// Emits the message at `start` and returns its end; returns `start` if it is incomplete.
  private int parseMessage(int start) {
    int body = findBodyStart(start);
    if (body < 0) {
      return start;
    }
    int length = findHeaderValue(start, body, CONTENT_LENGTH);
    if (length < 0 && findHeaderValue(start, body, TRANSFER_ENCODING) >= 0) {
      return parseChunked(start, body);
    }
    int end = length < 0 ? body : body + parseNumber(buffer, length, 10);
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
    int chunkLength;
    while ((chunkLength = parseNumber(buffer, at, 16)) > 0) {
      int data = nextLineStart(at);
      System.arraycopy(buffer, data, buffer, joinedEnd, chunkLength);
      joinedEnd += chunkLength;
      at = data + chunkLength + 2;
    }
    sink.onMessage(buffer, start, body, joinedEnd);
    return end;
  }

  /// The end of the last chunk with its trailers; -1 if the body is incomplete.
  private int findChunksEnd(int body) {
    int at = body;
    while (true) {
      int data = nextLineStart(at);
      if (data < 0) {
        return -1;
      }
      int chunkLength = parseNumber(buffer, at, 16);
      if (chunkLength == 0) {
        return findTrailersEnd(data);
      }
      at = data + chunkLength + 2;
    }
  }

  private int findTrailersEnd(int from) {
    int line = from;
    int next = nextLineStart(line);
    while (next >= 0 && next != line + 2) { // until an empty line
      line = next;
      next = nextLineStart(line);
    }
    return next;
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

  /// The number at a position, after spaces.
  static int parseNumber(byte[] bytes, int from, int radix) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    int number = 0;
    int digit;
    while ((digit = Character.digit(bytes[at++], radix)) >= 0) {
      number = number * radix + digit;
    }
    return number;
  }

  /// The status code of a response.
  static int parseStatus(byte[] bytes, int start) {
    return parseNumber(bytes, start + 9, 10);
  }
}
