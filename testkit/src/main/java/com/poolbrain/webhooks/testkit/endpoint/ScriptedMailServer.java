package com.poolbrain.webhooks.testkit.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// SMTP server on loopback that answers each step as a test says, and keeps what it was given.
///
/// ```java
/// try (var server = ScriptedMailServer.start()) {
///   server.reply(Step.RCPT, "550 5.1.1 unknown");
///   …
///   server.hang(Step.CONTENT); // has the mail, and does not say so
/// }
/// ```
public final class ScriptedMailServer implements AutoCloseable {

  /// What the server answers.
  public enum Step {
    GREETING("220 scripted"),
    EHLO("250 scripted"),
    STARTTLS("220 go ahead"),
    MAIL("250 ok"),
    RCPT("250 ok"),
    DATA("354 end with a dot"),
    /// The content of a mail with the dot at its end.
    CONTENT("250 accepted"),
    RSET("250 ok"),
    QUIT("221 bye");

    private final String usualReply;

    Step(String usualReply) {
      this.usualReply = usualReply;
    }
  }

  private static final String HANG = "hang";
  private static final String CLOSE = "close";

  private final ServerSocket listener;
  private final Map<Step, String> replies = new ConcurrentHashMap<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private final @Nullable SSLContext tls;

  private ScriptedMailServer(@Nullable SSLContext tls) {
    this.tls = tls;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("scripted-mail").start(this::accept);
  }

  /// A server that accepts all mails, without TLS.
  public static ScriptedMailServer start() {
    return new ScriptedMailServer(null);
  }

  /// A server that accepts all mails, and offers STARTTLS.
  public static ScriptedMailServer withStartTls(SSLContext tls) {
    return new ScriptedMailServer(tls);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// Answers a step with this line from now on.
  public void reply(Step step, String line) {
    replies.put(step, line);
  }

  /// Answers a step as usual again.
  public void replyAsUsual(Step step) {
    replies.remove(step);
  }

  /// Answers a step with nothing from now on.
  public void hang(Step step) {
    replies.put(step, HANG);
  }

  /// Closes the connection instead of answering a step.
  public void closeAt(Step step) {
    replies.put(step, CLOSE);
  }

  /// The mails whose content has arrived as a whole, answered or not.
  public List<String> mails() {
    return List.copyOf(mails);
  }

  /// All steps that clients have come to.
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().name("scripted-mail-connection").start(() -> serve(connection));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var current = new Wire(connection);
      boolean isOpen = answer(current, Step.GREETING);
      while (isOpen) {
        String line = current.in.readLine();
        if (line == null) {
          return;
        }
        Step step = Step.valueOf(line.split(" ", 2)[0].toUpperCase(Locale.ROOT));
        isOpen = answer(current, step);
        if (isOpen && step == Step.STARTTLS && tls != null) {
          current = current.secured(tls);
        }
        if (isOpen && step == Step.DATA && replies.get(Step.DATA) == null) {
          mails.add(current.readContent());
          isOpen = answer(current, Step.CONTENT);
        }
        isOpen &= step != Step.QUIT;
      }
    } catch (IOException _) {
      // The client has closed the connection, or the test has.
    }
  }

  private boolean answer(Wire wire, Step step) throws IOException {
    steps.add(step);
    String reply = replies.getOrDefault(step, step.usualReply);
    if (reply.equals(CLOSE)) {
      return false;
    }
    if (reply.equals(HANG)) {
      wire.awaitClose();
      return false;
    }
    boolean offersTls = step == Step.EHLO && tls != null && !wire.isSecured;
    wire.write(offersTls ? "250-scripted\r\n250 STARTTLS" : reply);
    return true;
  }

  private static final class Wire {
    private final Socket socket;
    private final BufferedReader in;
    private final boolean isSecured;

    Wire(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      this.isSecured = socket instanceof SSLSocket;
    }

    Wire secured(SSLContext context) throws IOException {
      SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
      secured.setUseClientMode(false);
      return new Wire(secured);
    }

    void write(String lines) throws IOException {
      socket.getOutputStream().write((lines + "\r\n").getBytes(UTF_8));
      socket.getOutputStream().flush();
    }

    String readContent() throws IOException {
      var content = new StringBuilder();
      String line = in.readLine();
      while (line != null && !line.equals(".")) {
        content.append(line).append('\n');
        line = in.readLine();
      }
      if (line == null) {
        throw new IOException("the mail was cut");
      }
      return content.toString();
    }

    void awaitClose() throws IOException {
      while (in.read() >= 0) {
        // Nothing is answered.
      }
    }
  }

  /// Closes all connections too.
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
