package com.poolbrain.webhooks.cli.aot;

import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// An HTTPS consumer that cuts each connection as soon as a request begins.
final class ResettingServer implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int READ_TIMEOUT_MILLIS = 10_000;

  private final ServerSocket server;
  private final SSLSocketFactory socketFactory;
  private final AtomicInteger resetCount = new AtomicInteger();

  private ResettingServer(ServerSocket server, SSLSocketFactory socketFactory) {
    this.server = server;
    this.socketFactory = socketFactory;
  }

  static ResettingServer start(ServerCertificate serverCertificate)
      throws IOException, GeneralSecurityException {
    var server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
    ResettingServer resettingServer =
        new ResettingServer(server, serverCertificate.sslContext().getSocketFactory());
    Thread.ofVirtual().start(resettingServer::acceptConnections);
    return resettingServer;
  }

  int port() {
    return server.getLocalPort();
  }

  /// Requests that it has cut.
  int resetCount() {
    return resetCount.get();
  }

  private void acceptConnections() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> resetConnection(socket));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        System.err.println("The rehearsal cuts no more connections: " + e.getMessage());
      }
    }
  }

  private void resetConnection(Socket socket) {
    try (socket) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      var tlsSocket = (SSLSocket) socketFactory.createSocket(socket, null, false);
      if (tlsSocket.getInputStream().read() >= 0) {
        resetCount.incrementAndGet();
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
