package com.poolbrain.webhooks.contracts.consumer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;

/// One connection that somebody opened to a [RawServer], in the hands of its script.
public final class Visit {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

  private static final int DROP_MILLIS = 10;

  private final int number;
  private final Socket tcp;
  private final Socket encrypted;
  private final InputStream in;
  private final OutputStream out;
  private final Consumer<Received> book;

  Visit(int number, Socket tcp, Socket encrypted, Consumer<Received> book) throws IOException {
    this.number = number;
    this.tcp = tcp;
    this.encrypted = encrypted;
    this.in = encrypted.getInputStream();
    this.out = encrypted.getOutputStream();
    this.book = book;
  }

  /// 1 for the first connection, and so on.
  public int number() {
    return number;
  }

  /// The host names that the other side indicated in its TLS handshake.
  public List<String> indicatedNames() {
    ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) encrypted).getSession();
    return session.getRequestedServerNames().stream()
        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
        .toList();
  }

  /// Becomes a tunnel to that address until either side goes away.
  public void tunnelTo(SocketAddress address) throws IOException {
    try (Socket far = new Socket()) {
      far.connect(address);
      Thread.ofVirtual().name("tunnel").start(() -> pump(far));
      in.transferTo(far.getOutputStream());
    }
  }

  private void pump(Socket far) {
    try {
      far.getInputStream().transferTo(out);
      tcp.close();
    } catch (IOException closed) {
      // The other direction ends with it.
    }
  }

  /// Reads one whole request.
  ///
  /// @throws EOFException if the other side has closed the connection
  public Received request() throws IOException {
    String head = requestHead();
    Matcher length = LENGTH.matcher(head);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    Received request = new Received(head, body);
    book.accept(request);
    return request;
  }

  /// Reads the head of a request, up to and including the empty line, and leaves its body.
  ///
  /// @throws EOFException if the other side has closed the connection
  public String requestHead() throws IOException {
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
  public void say(String raw) throws IOException {
    say(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends these bytes.
  public void say(byte[] raw) throws IOException {
    out.write(raw);
    out.flush();
  }

  /// Sends a complete answer after which the connection can be used again.
  public void answer(int status, String body) throws IOException {
    answer(status, "", body);
  }

  /// Sends a complete answer with more header lines, each ended by CR LF.
  public void answer(int status, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    say(
        "HTTP/1.1 "
            + status
            + " Whatever\r\n"
            + headers
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n");
    say(bytes);
  }

  /// Says the same again and again until the other side goes away.
  public void repeat(String raw) throws IOException {
    while (true) {
      say(raw);
    }
  }

  /// Says the same once every few milliseconds until the other side goes away.
  public void drip(String raw) throws IOException {
    encrypted.setSoTimeout(DROP_MILLIS);
    boolean there = true;
    while (there) {
      say(raw);
      there = isThere();
    }
  }

  private boolean isThere() throws IOException {
    try {
      return in.read() >= 0;
    } catch (SocketTimeoutException silent) {
      return true;
    }
  }

  /// Does nothing until the other side goes away.
  public void waitForTheEnd() throws IOException {
    while (in.read() >= 0) {
      // Whatever still comes is not looked at.
    }
  }

  /// Drops the connection as a crashed host would: TCP reset, without a word of TLS.
  public void reset() throws IOException {
    tcp.setSoLinger(true, 0);
    tcp.close();
  }

  /// Closes the connection in the middle of whatever was going on, without a word of TLS.
  public void hangUp() throws IOException {
    tcp.close();
  }
}
