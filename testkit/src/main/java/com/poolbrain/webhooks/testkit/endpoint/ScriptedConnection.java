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

/// Connection to a [ScriptedServer], used by its script.
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

  /// Number of the connection, from 1.
  public int number() {
    return number;
  }

  /// The host names that the client indicated in its TLS handshake (SNI).
  public List<String> sniHostNames() {
    ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
    return session.getRequestedServerNames().stream()
        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
        .toList();
  }

  /// Tunnels to this address until either side closes.
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
      // The other direction ends too.
    }
  }

  /// Reads one whole request, and adds it to the requests of the server.
  ///
  /// @throws EOFException if the client has closed the connection
  public ReceivedRequest readRequest() throws IOException {
    ReceivedRequest request = parseRequest();
    record(request);
    return request;
  }

  /// Reads one whole request without adding it to the requests of the server.
  ReceivedRequest parseRequest() throws IOException {
    String head = readRequestHead();
    Matcher length = CONTENT_LENGTH.matcher(head);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return new ReceivedRequest(head, body);
  }

  /// Adds a request to the requests of the server.
  void record(ReceivedRequest request) {
    requestListener.accept(request);
  }

  /// Reads the head of a request, up to and including the empty line. The body stays unread.
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

  /// Sends a text in ISO 8859-1.
  public void send(String raw) throws IOException {
    send(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends bytes.
  public void send(byte[] raw) throws IOException {
    out.write(raw);
    out.flush();
  }

  /// Sends a complete response. The connection stays usable.
  public void respond(int status, String body) throws IOException {
    respond(status, "", body);
  }

  /// Sends a complete response with additional header lines, each with CR LF.
  public void respond(int status, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    send(
        "HTTP/1.1 "
            + status
            + " Test\r\n"
            + headers
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n");
    send(bytes);
  }

  /// Waits for a duration, as a slow endpoint does.
  public void delay(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Sends a text repeatedly until the client closes the connection.
  public void sendForever(String raw) throws IOException {
    while (true) {
      send(raw);
    }
  }

  /// Sends a text every 10 ms until the client closes the connection.
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

  /// Waits until the client closes the connection.
  public void awaitClientClose() throws IOException {
    while (in.read() >= 0) {
      // Further input is ignored.
    }
  }

  /// Resets the TCP connection without close_notify, as a crashed host does.
  public void reset() throws IOException {
    tcpSocket.setSoLinger(true, 0);
    tcpSocket.close();
  }

  /// Ends TLS by bytes that are no TLS record. Unlike a reset, they do not overtake what was sent
  /// before.
  public void breakTls() throws IOException {
    tcpSocket.getOutputStream().write("no TLS record".getBytes(StandardCharsets.US_ASCII));
    tcpSocket.close();
  }

  /// Closes the TCP connection without close_notify.
  public void closeAbruptly() throws IOException {
    tcpSocket.close();
  }
}
