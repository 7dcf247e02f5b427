package com.poolbrain.webhooks.bench;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Cuts a stream of bytes into HTTP/1.1 messages with as little work as that takes, so that the
/// measuring costs little of what is measured. Understands `Content-Length` and chunked bodies.
final class HttpFrames implements Handler<Buffer> {

  /// One message.
  interface Sink {
    /// Takes it.
    ///
    /// @param bytes holds the message
    /// @param body where its body begins
    /// @param end after its last byte
    void message(byte[] bytes, int start, int body, int end);
  }

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHUNKED = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

  private final Sink sink;
  private byte[] held = new byte[4_096];
  private int size;

  HttpFrames(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void handle(Buffer buffer) {
    byte[] bytes = buffer.getBytes();
    if (size == 0) {
      keep(bytes, frames(bytes, 0, bytes.length), bytes.length);
      return;
    }
    append(bytes);
    int done = frames(held, 0, size);
    keep(held, done, size);
  }

  private void append(byte[] bytes) {
    if (size + bytes.length > held.length) {
      held = Arrays.copyOf(held, Math.max(held.length * 2, size + bytes.length));
    }
    System.arraycopy(bytes, 0, held, size, bytes.length);
    size += bytes.length;
  }

  private void keep(byte[] bytes, int from, int to) {
    int rest = to - from;
    if (rest > held.length) {
      held = new byte[rest * 2];
    }
    System.arraycopy(bytes, from, held, 0, rest);
    size = rest;
  }

  /// Says where the first incomplete message begins.
  private int frames(byte[] bytes, int from, int to) {
    int start = from;
    while (start < to) {
      int body = bodyAt(bytes, start, to);
      int end = body < 0 ? -1 : end(bytes, start, body, to);
      if (end < 0) {
        return start;
      }
      sink.message(bytes, start, body, end);
      start = end;
    }
    return start;
  }

  private static int bodyAt(byte[] bytes, int from, int to) {
    for (int i = from; i + 3 < to; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private static int end(byte[] bytes, int start, int body, int to) {
    int length = header(bytes, start, body, LENGTH);
    if (length >= 0) {
      int end = body + number(bytes, length, 10);
      return end <= to ? end : -1;
    }
    return header(bytes, start, body, CHUNKED) >= 0 ? chunkedEnd(bytes, body, to) : body;
  }

  private static int chunkedEnd(byte[] bytes, int body, int to) {
    int at = body;
    while (at < to) {
      int line = at;
      while (line + 1 < to && bytes[line] != '\r') {
        line++;
      }
      if (line + 1 >= to) {
        return -1;
      }
      int size = number(bytes, at, 16);
      at = line + 2 + size + 2;
      if (size == 0) {
        return at <= to ? at : -1;
      }
    }
    return -1;
  }

  private static int header(byte[] bytes, int from, int to, byte[] name) {
    for (int i = from; i + name.length < to; i++) {
      if (bytes[i] == '\n' && matches(bytes, i + 1, name)) {
        return i + 1 + name.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int at, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      int c = bytes[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int from, int radix) {
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
  static int status(byte[] bytes, int start) {
    return number(bytes, start + 9, 10);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "HttpFrames[%d bytes held]", size);
  }
}
