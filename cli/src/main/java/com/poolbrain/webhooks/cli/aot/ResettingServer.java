package com.poolbrain.webhooks.cli.aot;

import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// HTTPS endpoint that resets each connection when a request begins.
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

  static ResettingServer start(ServerCertificate serverCertificate) throws IOException {
    var server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
    ResettingServer resettingServer =
        new ResettingServer(server, serverCertificate.sslContext().getSocketFactory());
    Thread.ofVirtual().start(resettingServer::acceptConnections);
    return resettingServer;
  }

  int port() {
    return server.getLocalPort();
  }

  /// Number of requests that were reset.
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
        System.err.println("AOT training run: the resetting endpoint failed: " + e.getMessage());
      }
    }
  }

  private void resetConnection(Socket socket) {
    try (socket) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      var tlsSocket = (SSLSocket) socketFactory.createSocket(socket, null, false);
      if (tlsSocket.getInputStream().read() >= 0) {
        resetCount.incrementAndGet();
        socket.setSoLinger(true, 0); // closes with a reset
      }
    } catch (IOException _) {
      // the client closed first; not counted
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
