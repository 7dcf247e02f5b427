package com.poolbrain.webhooks.testkit.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;

/// One connection that somebody opened to a [ScriptedServer], in the hands of its script.
public final class ScriptedConnection {

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

  private static final int TRICKLE_INTERVAL_MILLIS = 10;

  private final int number;
  private final Socket tcpSocket;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Consumer<ReceivedRequest> requestListener;

  ScriptedConnection(
      int number, Socket tcpSocket, Socket socket, Consumer<ReceivedRequest> requestListener)
      throws IOException {
    this.number = number;
    this.tcpSocket = tcpSocket;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.requestListener = requestListener;
  }

  /// 1 for the first connection, and so on.
  public int number() {
    return number;
  }

  /// The host names that the other side indicated in its TLS handshake.
  public List<String> sniHostNames() {
    ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
    return session.getRequestedServerNames().stream()
        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
        .toList();
  }

  /// Becomes a tunnel to that address until either side goes away.
  public void tunnelTo(SocketAddress address) throws IOException {
    try (Socket target = new Socket()) {
      target.connect(address);
      Thread.ofVirtual().name("tunnel").start(() -> copyResponses(target));
      in.transferTo(target.getOutputStream());
    }
  }

  private void copyResponses(Socket target) {
    try {
      target.getInputStream().transferTo(out);
      tcpSocket.close();
    } catch (IOException closed) {
      // The other direction ends with it.
    }
  }

  /// Reads one whole request.
  ///
  /// @throws EOFException if the other side has closed the connection
  public ReceivedRequest readRequest() throws IOException {
    ReceivedRequest request = parseRequest();
    record(request);
    return request;
  }

  /// Reads one whole request, which the server does not show to the test before [#record].
  ReceivedRequest parseRequest() throws IOException {
    String head = readRequestHead();
    Matcher length = CONTENT_LENGTH.matcher(head);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return new ReceivedRequest(head, body);
  }

  /// Adds a request to those of the server.
  void record(ReceivedRequest request) {
    requestListener.accept(request);
  }

  /// Reads the head of a request, up to and including the empty line, and leaves its body.
  ///
  /// @throws EOFException if the other side has closed the connection
  public String readRequestHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
      matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /// Sends these characters, one byte each.
  public void send(String raw) throws IOException {
    send(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends these bytes.
  public void send(byte[] raw) throws IOException {
    out.write(raw);
    out.flush();
  }

  /// Sends a complete answer after which the connection can be used again.
  public void respond(int status, String body) throws IOException {
    respond(status, "", body);
  }

  /// Sends a complete answer with more header lines, each ended by CR LF.
  public void respond(int status, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    send(
        "HTTP/1.1 "
            + status
            + " Whatever\r\n"
            + headers
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n");
    send(bytes);
  }

  /// Delays the script.
  public void delay(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Says the same again and again until the other side goes away.
  public void sendForever(String raw) throws IOException {
    while (true) {
      send(raw);
    }
  }

  /// Says the same once every few milliseconds until the other side goes away.
  public void trickle(String raw) throws IOException {
    socket.setSoTimeout(TRICKLE_INTERVAL_MILLIS);
    boolean isConnected = true;
    while (isConnected) {
      send(raw);
      isConnected = isClientConnected();
    }
  }

  private boolean isClientConnected() throws IOException {
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException timeout) {
      return true;
    }
  }

  /// Does nothing until the other side goes away.
  public void awaitClientClose() throws IOException {
    while (in.read() >= 0) {
      // Whatever still comes is not looked at.
    }
  }

  /// Drops the connection as a crashed host would: TCP reset, without a word of TLS.
  public void reset() throws IOException {
    tcpSocket.setSoLinger(true, 0);
    tcpSocket.close();
  }

  /// Closes the connection in the middle of whatever was going on, without a word of TLS.
  public void closeAbruptly() throws IOException {
    tcpSocket.close();
  }
}
