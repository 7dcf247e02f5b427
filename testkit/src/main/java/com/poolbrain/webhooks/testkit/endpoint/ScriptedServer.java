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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A server on loopback that does with each connection exactly what its script says.
///
/// ```java
/// try (RawServer server = RawServer.tls(context, visit -> {
///   visit.request();
///   visit.answer(200, "thank you");
/// })) { … }
/// ```
public final class ScriptedServer implements AutoCloseable {

  /// What a server does with a connection; when it returns or fails, the connection is closed.
  public interface Script {

    /// Serves one connection.
    void serve(ScriptedConnection connection) throws IOException;
  }

  /// How TLS is begun on an accepted connection.
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
    Thread.ofVirtual().name("raw-server").start(this::acceptConnections);
  }

  /// A server without TLS.
  public static ScriptedServer http(Script script) {
    return new ScriptedServer(InetAddress.getLoopbackAddress(), "http", tcp -> tcp, script);
  }

  /// A server with TLS; only these versions, or all that the JDK allows if none are given.
  public static ScriptedServer https(SSLContext context, Script script, String... versions) {
    return https(InetAddress.getLoopbackAddress(), context, script, versions);
  }

  /// The same on another address of this machine.
  public static ScriptedServer https(
      InetAddress address, SSLContext context, Script script, String... versions) {
    return new ScriptedServer(
        address,
        "https",
        tcp -> {
          SSLSocket tlsSocket =
              (SSLSocket) context.getSocketFactory().createSocket(tcp, null, tcp.getPort(), false);
          tlsSocket.setUseClientMode(false);
          if (versions.length > 0) {
            tlsSocket.setEnabledProtocols(versions);
          }
          tlsSocket.startHandshake();
          return tlsSocket;
        },
        script);
  }

  /// The port that it listens on.
  public int port() {
    return serverSocket.getLocalPort();
  }

  /// Its URL under the name `localhost`.
  public URI url(String path) {
    return url("localhost", path);
  }

  /// Its URL under another name or address.
  public URI url(String host, String path) {
    return URI.create(scheme + "://" + host + ":" + port() + path);
  }

  /// How many connections were opened to it.
  public int connectionCount() {
    return connectionCount.get();
  }

  /// Every request that a script has read so far.
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /// The next request that was not yet taken; waits for it.
  public ReceivedRequest nextRequest() throws InterruptedException {
    @Nullable ReceivedRequest request = unreadRequests.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came within " + TIMEOUT_SECONDS + " s");
    }
    return request;
  }

  private void acceptConnections() {
    try {
      while (true) {
        Socket tcp = serverSocket.accept();
        openSockets.add(tcp);
        int number = connectionCount.incrementAndGet();
        Thread.ofVirtual().name("visit-" + number).start(() -> serve(number, tcp));
      }
    } catch (IOException closed) {
      // That is how this loop ends.
    }
  }

  private void serve(int number, Socket tcp) {
    try (tcp;
        Socket socket = socketWrapper.wrap(tcp)) {
      script.serve(new ScriptedConnection(number, tcp, socket, this::record));
    } catch (IOException disconnected) {
      // What that means is for the test to judge.
    } finally {
      openSockets.remove(tcp);
    }
  }

  private void record(ReceivedRequest request) {
    requests.add(request);
    unreadRequests.add(request);
  }

  /// Stops listening and drops all connections.
  @Override
  public void close() {
    try {
      serverSocket.close();
      for (Socket tcp : openSockets) {
        tcp.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
