package com.poolbrain.webhooks.transport;

import static com.poolbrain.webhooks.domain.ErrorClass.CONNECTION_RESET;
import static com.poolbrain.webhooks.domain.ErrorClass.CONNECT_TIMEOUT;
import static com.poolbrain.webhooks.domain.ErrorClass.INVALID_RESPONSE;
import static com.poolbrain.webhooks.domain.ErrorClass.PAYLOAD_TOO_LARGE;
import static com.poolbrain.webhooks.domain.ErrorClass.REDIRECT;
import static com.poolbrain.webhooks.domain.ErrorClass.RESPONSE_TIMEOUT;
import static com.poolbrain.webhooks.domain.ErrorClass.SERVER_ERROR;
import static com.poolbrain.webhooks.domain.ErrorClass.TLS_OTHER;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The table of receivers that do harm: what each does, and the error class of the one attempt.
final class HostileReceivers {

  /// How a receiver harms.
  enum Kind {
    /// Without a TLS handshake.
    RAW,
    /// After the handshake.
    TLS,
    /// After the handshake, without an end: the attempt lasts until its deadline.
    SLOW,
    /// Like [#RAW], until the deadline.
    SLOW_RAW
  }

  /// A receiver.
  ///
  /// @param error class of the attempt; null if it is a delivery
  record Receiver(String name, Kind kind, @Nullable ErrorClass error, Script script) {
    boolean isRaw() {
      return kind == Kind.RAW || kind == Kind.SLOW_RAW;
    }

    boolean isSlow() {
      return kind == Kind.SLOW || kind == Kind.SLOW_RAW;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final int FLOOD_CHUNK = 64 * 1024;
  private static final long FLOOD_BYTES = 4L << 30;
  private static final int BOMB_BYTES = 256 << 20;
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String ERROR = "HTTP/1.1 500 No\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  private static final String CHANGE_CIPHER_SPEC = "\u0014\u0003\u0003\0\u0001\u0001";
  private static final String WARNING_ALERT = "\u0015\u0003\u0003\0\u0002\u0001Z";
  private static final String HANDSHAKE_RECORD = "\u0016\u0003\u0003@\0\u0002\u0000?\u00fb";

  private final List<Receiver> receivers = new ArrayList<>();

  private HostileReceivers() {}

  static List<Receiver> all() {
    HostileReceivers table = new HostileReceivers();
    table.addFloods();
    table.addWrongLengths();
    table.addWrongProtocols();
    table.addEarlyEnds();
    table.addSlowOnes();
    table.addHandshakes();
    return table.receivers;
  }

  private void addFloods() {
    flood("endless status line", INVALID_RESPONSE, "HTTP/1.1 200 ", "O");
    flood("endless headers of a 2xx", null, OK, "X-Filler: x\r\n");
    flood("endless headers of an error", SERVER_ERROR, ERROR, "X-Filler: x\r\n");
    flood("one endless header", SERVER_ERROR, ERROR + "X-Filler: ", "x");
    flood("gigabytes after a 2xx", null, OK + length(FLOOD_BYTES), "x");
    flood("gigabytes after an error", SERVER_ERROR, ERROR + length(FLOOD_BYTES), "x");
    flood("gigabytes without a length", SERVER_ERROR, ERROR + "\r\n", "x");
    flood("gigabytes after a redirect", REDIRECT, "HTTP/1.1 302 Go\r\n\r\n", "x");
    flood("gigabytes in chunks of a byte", SERVER_ERROR, ERROR + CHUNKED, "1\r\nx\r\n");
    flood("endless chunk extension", SERVER_ERROR, ERROR + CHUNKED + "1;", "x");
    flood("endless trailers", SERVER_ERROR, ERROR + CHUNKED + "0\r\n", "X-Filler: x\r\n");
    flood("1xx for ever", INVALID_RESPONSE, "", "HTTP/1.1 102 Processing\r\n\r\n");
    flood(
        "1xx with large headers for ever",
        INVALID_RESPONSE,
        "",
        "HTTP/1.1 103 Hints\r\nLink: " + "x".repeat(8000) + "\r\n\r\n");
    flood("endless empty lines", INVALID_RESPONSE, "", "\r\n");
    flood("endless zeros", INVALID_RESPONSE, "", "\0");
    flood("gigabytes after the end of a 2xx", null, OK + length(0), "x");
    bomb("gzip bomb in a 2xx", null, OK, "gzip");
    bomb("gzip bomb in an error", SERVER_ERROR, ERROR, "gzip");
    bomb("gzip bomb that claims to be twice compressed", SERVER_ERROR, ERROR, "gzip, gzip");
    add(
        "gigabytes before the request",
        Kind.TLS,
        INVALID_RESPONSE,
        connection -> flood(connection, "x"));
  }

  private void addWrongLengths() {
    for (String header :
        List.of(
            "Content-Length: 100\r\n\r\n",
            "Content-Length: 1\r\n\r\n",
            "Content-Length: -1\r\n\r\n",
            "Content-Length: many\r\n\r\n",
            "Content-Length: 99999999999999999999\r\n\r\n",
            "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "Content-Length: 1\r\n" + CHUNKED,
            CHUNKED + "fffffffffffffffff\r\n",
            CHUNKED + "-1\r\n",
            CHUNKED + "7fffffff\r\n",
            CHUNKED + "1\r\nabcdef\r\n",
            CHUNKED + "\r\n\r\n")) {
      String name = header.replace("\r\n", " ");
      says("2xx with " + name, null, OK + header + "hello");
      says("error with " + name, SERVER_ERROR, ERROR + header + "hello");
    }
  }

  private void addWrongProtocols() {
    says("HTTP/0.9", INVALID_RESPONSE, "<html>hello</html>\r\n");
    says("HTTP/0.9 without a line end", INVALID_RESPONSE, "hello");
    says("HTTP/2", INVALID_RESPONSE, "\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0d\r\n\r\n");
    says(
        "101 and another protocol",
        INVALID_RESPONSE,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n");
    says(
        "redirect to a metadata service",
        REDIRECT,
        "HTTP/1.1 307 Go\r\nLocation: https://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n");
    says(
        "redirect to itself",
        REDIRECT,
        "HTTP/1.1 308 Go\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
  }

  private void addEarlyEnds() {
    says("close without an answer", CONNECTION_RESET, "");
    says("close in the status line", INVALID_RESPONSE, "HTTP/1.1 20");
    says("close in the headers of an error", SERVER_ERROR, ERROR + "X-A: b\r\nX-C");
    says("close in the headers of a 2xx", null, OK + "X-A: b\r\nX-C");
    says("close after the status line of a 2xx", null, OK);
    says("close in the body of an error", SERVER_ERROR, ERROR + length(100) + "so far");
    add(
        "reset without an answer",
        Kind.TLS,
        CONNECTION_RESET,
        connection -> {
          connection.readRequest();
          connection.reset();
        });
    add("close before the request", Kind.TLS, CONNECTION_RESET, ScriptedConnection::closeAbruptly);
    add(
        "2xx before the request has ended",
        Kind.TLS,
        null,
        connection -> {
          connection.readRequestHead();
          connection.respond(200, "Connection: close\r\n", "early");
          connection.awaitClientClose();
        });
    add(
        "error before the request has ended",
        Kind.TLS,
        PAYLOAD_TOO_LARGE,
        connection -> {
          connection.readRequestHead();
          connection.respond(413, "Connection: close\r\n", "early");
          connection.awaitClientClose();
        });
  }

  private void addSlowOnes() {
    drips("never an answer", RESPONSE_TIMEOUT, "", "");
    drips("status line, a byte per second", RESPONSE_TIMEOUT, "HTTP/1.1 ", "2");
    drips("headers of an error, a byte per second", SERVER_ERROR, ERROR + "X-Slow: ", "x");
    drips("headers of a 2xx, a byte per second", null, OK + "X-Slow: ", "x");
    drips("body of an error, a byte per second", SERVER_ERROR, ERROR + "\r\n", "x");
    drips("body of a 2xx, a byte per second", null, OK + length(1000), "x");
    drips("chunks of a 2xx, a byte per second", null, OK + CHUNKED, "1\r\nx\r\n");
    drips("a 1xx per second", RESPONSE_TIMEOUT, "", "HTTP/1.1 102 Processing\r\n\r\n");
  }

  private void addHandshakes() {
    add(
        "handshake that never begins",
        Kind.SLOW_RAW,
        CONNECT_TIMEOUT,
        ScriptedConnection::awaitClientClose);
    add(
        "handshake, a byte per second",
        Kind.SLOW_RAW,
        CONNECT_TIMEOUT,
        connection -> {
          connection.send(HANDSHAKE_RECORD);
          drip(connection, "\0");
        });
    add("close in the handshake", Kind.RAW, CONNECTION_RESET, ScriptedConnection::closeAbruptly);
    add("HTTP without TLS", Kind.RAW, TLS_OTHER, connection -> flood(connection, ERROR + "\r\n"));
    add(
        "endless ChangeCipherSpec",
        Kind.RAW,
        TLS_OTHER,
        connection -> flood(connection, CHANGE_CIPHER_SPEC));
    add("endless warnings", Kind.RAW, TLS_OTHER, connection -> flood(connection, WARNING_ALERT));
    add(
        "endless zeros instead of a handshake",
        Kind.RAW,
        TLS_OTHER,
        connection -> flood(connection, "\0"));
  }

  private void add(String name, Kind kind, @Nullable ErrorClass error, Script script) {
    receivers.add(new Receiver(name, kind, error, script));
  }

  /// Sends a text after the request, and closes the connection.
  private void says(String name, @Nullable ErrorClass error, String text) {
    add(
        name,
        Kind.TLS,
        error,
        connection -> {
          connection.readRequest();
          connection.send(text);
        });
  }

  private void flood(String name, @Nullable ErrorClass error, String first, String text) {
    add(
        name,
        Kind.TLS,
        error,
        connection -> {
          connection.readRequest();
          connection.send(first);
          flood(connection, text);
        });
  }

  private void drips(String name, @Nullable ErrorClass error, String first, String text) {
    add(
        name,
        Kind.SLOW,
        error,
        connection -> {
          connection.readRequest();
          connection.send(first);
          drip(connection, text);
        });
  }

  private void bomb(String name, @Nullable ErrorClass error, String statusLine, String encoding) {
    add(
        name,
        Kind.TLS,
        error,
        connection -> {
          connection.readRequest();
          byte[] bomb = compressedZeros();
          connection.send(
              statusLine + "Content-Encoding: " + encoding + "\r\n" + length(bomb.length));
          connection.send(bomb);
        });
  }

  private static String length(long bytes) {
    return "Content-Length: " + bytes + "\r\n\r\n";
  }

  /// Sends gigabytes, unless the client closes the connection before.
  private static void flood(ScriptedConnection connection, String text) throws IOException {
    byte[] chunk =
        text.repeat(Math.max(1, FLOOD_CHUNK / text.length())).getBytes(StandardCharsets.ISO_8859_1);
    for (long sent = 0; sent < FLOOD_BYTES; sent += chunk.length) {
      connection.send(chunk);
    }
    throw new IllegalStateException("the client has read gigabytes");
  }

  /// Sends a text every second until the client closes the connection.
  private static void drip(ScriptedConnection connection, String text) throws IOException {
    if (text.isEmpty()) {
      connection.awaitClientClose();
      return;
    }
    while (true) {
      connection.send(text);
      connection.delay(Duration.ofSeconds(1));
    }
  }

  private static byte[] compressedZeros() {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < BOMB_BYTES; i += zeros.length) {
        gzip.write(zeros);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }
}
