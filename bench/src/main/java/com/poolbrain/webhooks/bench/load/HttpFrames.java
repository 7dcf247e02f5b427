package com.poolbrain.webhooks.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts a stream of bytes into HTTP/1.1 messages with as little work as that takes, so that the
/// measuring costs little of what is measured. Understands `Content-Length` and chunked bodies.
final class HttpFrames {

  /// One message.
  interface Sink {
    /// Takes it.
    ///
    /// @param bytes holds the message, until this returns
    /// @param body where its body begins, chunks joined
    /// @param end after the last byte of its body
    void message(byte[] bytes, int start, int body, int end);
  }

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

  private final Sink sink;
  private byte[] held = new byte[4_096];
  private int size;

  HttpFrames(Sink sink) {
    this.sink = sink;
  }

  /// Takes what has arrived.
  void take(ByteBuf arrived) {
    int more = arrived.readableBytes();
    if (size + more > held.length) {
      held = Arrays.copyOf(held, Math.max(held.length * 2, size + more));
    }
    arrived.readBytes(held, size, more);
    size += more;
    int done = 0;
    for (int next = message(0); next > done; next = message(done)) {
      done = next;
    }
    size -= done;
    System.arraycopy(held, done, held, 0, size);
  }

  /// Forgets what is incomplete.
  void clear() {
    size = 0;
  }

  /// Says where the message ends that begins there; or where it begins, if it is not complete.
  private int message(int start) {
    int body = bodyAt(start);
    if (body < 0) {
      return start;
    }
    int length = header(start, body, LENGTH);
    if (length < 0 && header(start, body, CODING) >= 0) {
      return chunked(start, body);
    }
    int end = length < 0 ? body : body + number(length, 10);
    if (end > size) {
      return start;
    }
    sink.message(held, start, body, end);
    return end;
  }

  private int bodyAt(int from) {
    for (int i = from + 3; i < size; i++) {
      if (held[i] == '\n' && held[i - 1] == '\r' && held[i - 2] == '\n' && held[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private int chunked(int start, int body) {
    int end = chunksEnd(body);
    if (end < 0) {
      return start;
    }
    int joined = body;
    int at = body;
    for (int chunk = number(at, 16); chunk > 0; chunk = number(at, 16)) {
      int data = lineAfter(at);
      System.arraycopy(held, data, held, joined, chunk);
      joined += chunk;
      at = data + chunk + 2;
    }
    sink.message(held, start, body, joined);
    return end;
  }

  /// Where the last chunk ends, trailers included; -1 if it is not there yet.
  private int chunksEnd(int body) {
    int at = body;
    while (true) {
      int data = lineAfter(at);
      if (data < 0) {
        return -1;
      }
      int chunk = number(at, 16);
      if (chunk == 0) {
        return trailersEnd(data);
      }
      at = data + chunk + 2;
    }
  }

  private int trailersEnd(int from) {
    int line = from;
    for (int next = lineAfter(line); next >= 0; next = lineAfter(line)) {
      if (next == line + 2) {
        return next;
      }
      line = next;
    }
    return -1;
  }

  private int lineAfter(int at) {
    for (int i = at + 1; i < size; i++) {
      if (held[i] == '\n' && held[i - 1] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private int header(int from, int to, byte[] name) {
    for (int i = from; i + name.length < to; i++) {
      if (held[i] == '\n' && matches(i + 1, name)) {
        return i + 1 + name.length;
      }
    }
    return -1;
  }

  private boolean matches(int at, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      int c = held[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from, int radix) {
    return number(held, from, radix);
  }

  /// The number that stands there, after blanks.
  static int number(byte[] bytes, int from, int radix) {
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
}
