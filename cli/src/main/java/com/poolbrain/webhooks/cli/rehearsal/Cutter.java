package com.poolbrain.webhooks.cli.rehearsal;

import com.poolbrain.webhooks.cli.listen.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// An HTTPS consumer that cuts each connection as soon as a request begins.
final class Cutter implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int PATIENCE_MILLIS = 10_000;

  private final ServerSocket server;
  private final SSLSocketFactory tls;
  private final AtomicInteger cuts = new AtomicInteger();

  private Cutter(ServerSocket server, SSLSocketFactory tls) {
    this.server = server;
    this.tls = tls;
  }

  static Cutter start(Identity identity) throws IOException, GeneralSecurityException {
    var server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
    Cutter cutter = new Cutter(server, identity.tls().getSocketFactory());
    Thread.ofVirtual().start(cutter::accept);
    return cutter;
  }

  int port() {
    return server.getLocalPort();
  }

  /// Requests that it has cut.
  int cuts() {
    return cuts.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> cut(socket));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        System.err.println("The rehearsal cuts no more connections: " + e.getMessage());
      }
    }
  }

  private void cut(Socket socket) {
    try (socket) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var secure = (SSLSocket) tls.createSocket(socket, null, false);
      if (secure.getInputStream().read() >= 0) {
        cuts.incrementAndGet();
        socket.setSoLinger(true, 0); // the other end is told by a reset
      }
    } catch (IOException _) {
      // whoever came has cut it first, and is not counted
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
