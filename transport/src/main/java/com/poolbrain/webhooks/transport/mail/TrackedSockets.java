package com.poolbrain.webhooks.transport.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Makes sockets with and without TLS, and can end the latest one while another thread waits for
/// it.
final class TrackedSockets extends SSLSocketFactory implements AutoCloseable {

  private final SSLSocketFactory tls;
  private @Nullable Socket latest;
  private boolean isClosed;

  TrackedSockets(SSLSocketFactory tls) {
    this.tls = tls;
  }

  private synchronized Socket track(Socket socket) throws IOException {
    if (isClosed) {
      socket.close();
      throw new IOException("the service is shutting down");
    }
    latest = socket;
    return socket;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (latest != null) {
      try {
        latest.close();
      } catch (IOException _) {
        // It is of no more use, in whatever state it ended.
      }
    }
  }

  /// Makes sockets without TLS.
  SocketFactory plain() {
    return new Plain();
  }

  private final class Plain extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
      return track(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(
        InetAddress address, int port, InetAddress localAddress, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    return track(tls.createSocket());
  }

  /// Adds TLS to a connection that is tracked already.
  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(plain, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return track(tls.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return track(tls.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return track(tls.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return track(tls.createSocket(address, port, localAddress, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }
}
