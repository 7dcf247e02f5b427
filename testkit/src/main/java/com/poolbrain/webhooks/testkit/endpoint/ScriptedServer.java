package com.poolbrain.webhooks.testkit.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Server on loopback that handles every connection by a script.
///
/// ```java
/// try (ScriptedServer server = ScriptedServer.https(context, connection -> {
///   connection.readRequest();
///   connection.respond(200, "thank you");
/// })) { … }
/// ```
public final class ScriptedServer implements AutoCloseable {

  /// Handles one connection. The connection is closed when the script returns or throws.
  public interface Script {

    /// Handles one connection.
    void serve(ScriptedConnection connection) throws IOException;
  }

  /// Starts TLS on an accepted connection.
  private interface SocketWrapper {
    Socket wrap(Socket tcp) throws IOException;
  }

  private static final long TIMEOUT_SECONDS = 120;

  private final ServerSocket serverSocket;
  private final String scheme;
  private final SocketWrapper socketWrapper;
  private final Script script;
  private final AtomicInteger connectionCount = new AtomicInteger();
  private final Set<Socket> openSockets = ConcurrentHashMap.newKeySet();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<ReceivedRequest> unreadRequests = new LinkedBlockingQueue<>();

  private ScriptedServer(
      InetAddress address, String scheme, SocketWrapper socketWrapper, Script script) {
    this.scheme = scheme;
    this.socketWrapper = socketWrapper;
    this.script = script;
    try {
      this.serverSocket = new ServerSocket(0, 1024, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("scripted-server").start(this::acceptConnections);
  }

  /// Starts a server without TLS.
  public static ScriptedServer http(Script script) {
    return new ScriptedServer(InetAddress.getLoopbackAddress(), "http", tcp -> tcp, script);
  }

  /// Starts a server with TLS.
  ///
  /// @param versions allowed TLS versions; all of the JDK if empty
  public static ScriptedServer https(SSLContext context, Script script, String... versions) {
    return https(InetAddress.getLoopbackAddress(), context, script, versions);
  }

  /// Starts a server with TLS on another address of this machine.
  public static ScriptedServer https(
      InetAddress address, SSLContext context, Script script, String... versions) {
    return https(
        address,
        () -> context,
        script,
        socket -> {
          if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
          }
        });
  }

  /// Starts a server with TLS that asks for a client certificate, but does not demand one.
  public static ScriptedServer httpsWithOptionalClientCertificate(
      SSLContext context, Script script) {
    return https(
        InetAddress.getLoopbackAddress(),
        () -> context,
        script,
        socket -> socket.setWantClientAuth(true));
  }

  /// Starts a server whose TLS may change from one connection to the next.
  public static ScriptedServer httpsWithChangingTls(Supplier<SSLContext> context, Script script) {
    return https(InetAddress.getLoopbackAddress(), context, script, _ -> {});
  }

  private static ScriptedServer https(
      InetAddress address,
      Supplier<SSLContext> context,
      Script script,
      Consumer<SSLSocket> configurator) {
    return new ScriptedServer(
        address,
        "https",
        tcp -> {
          SSLSocket tlsSocket =
              (SSLSocket)
                  context.get().getSocketFactory().createSocket(tcp, null, tcp.getPort(), false);
          tlsSocket.setUseClientMode(false);
          configurator.accept(tlsSocket);
          tlsSocket.startHandshake();
          return tlsSocket;
        },
        script);
  }

  /// The port on which the server listens.
  public int port() {
    return serverSocket.getLocalPort();
  }

  /// A URL of the server on `localhost`.
  public URI url(String path) {
    return url("localhost", path);
  }

  /// A URL of the server on another name or address.
  public URI url(String host, String path) {
    return URI.create(scheme + "://" + host + ":" + port() + path);
  }

  /// Number of connections accepted so far.
  public int connectionCount() {
    return connectionCount.get();
  }

  /// All requests that scripts have read so far.
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /// The next request that was not returned yet; waits for it.
  public ReceivedRequest nextRequest() throws InterruptedException {
    @Nullable ReceivedRequest request = unreadRequests.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request was received within " + TIMEOUT_SECONDS + " s");
    }
    return request;
  }

  private void acceptConnections() {
    try {
      while (true) {
        Socket tcp = serverSocket.accept();
        openSockets.add(tcp);
        int number = connectionCount.incrementAndGet();
        Thread.ofVirtual().name("connection-" + number).start(() -> serve(number, tcp));
      }
    } catch (IOException closed) {
      // The server was closed.
    }
  }

  private void serve(int number, Socket tcp) {
    try (tcp;
        Socket socket = socketWrapper.wrap(tcp)) {
      script.serve(new ScriptedConnection(number, tcp, socket, this::record));
    } catch (IOException disconnected) {
      // The test decides what a disconnect means.
    } finally {
      openSockets.remove(tcp);
    }
  }

  private void record(ReceivedRequest request) {
    requests.add(request);
    unreadRequests.add(request);
  }

  /// Closes all connections.
  public void closeConnections() {
    try {
      for (Socket tcp : openSockets) {
        tcp.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops listening and closes all connections.
  @Override
  public void close() {
    try {
      serverSocket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closeConnections();
  }
}
