package com.poolbrain.webhooks.contracts.consumer;

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
public final class RawServer implements AutoCloseable {

  /// What a server does with a connection; when it returns or fails, the connection is closed.
  public interface Script {

    /// Serves one connection.
    void serve(Visit visit) throws IOException;
  }

  /// How TLS is begun on an accepted connection.
  private interface Layer {
    Socket over(Socket tcp) throws IOException;
  }

  private static final long PATIENCE_SECONDS = 120;

  private final ServerSocket listener;
  private final String scheme;
  private final Layer layer;
  private final Script script;
  private final AtomicInteger visits = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Received> all = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Received> unseen = new LinkedBlockingQueue<>();

  private RawServer(InetAddress address, String scheme, Layer layer, Script script) {
    this.scheme = scheme;
    this.layer = layer;
    this.script = script;
    try {
      this.listener = new ServerSocket(0, 1024, address);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    Thread.ofVirtual().name("raw-server").start(this::accept);
  }

  /// A server without TLS.
  public static RawServer plain(Script script) {
    return new RawServer(InetAddress.getLoopbackAddress(), "http", tcp -> tcp, script);
  }

  /// A server with TLS; only these versions, or all that the JDK allows if none are given.
  public static RawServer tls(SSLContext context, Script script, String... versions) {
    return tls(InetAddress.getLoopbackAddress(), context, script, versions);
  }

  /// The same on another address of this machine.
  public static RawServer tls(
      InetAddress address, SSLContext context, Script script, String... versions) {
    return new RawServer(
        address,
        "https",
        tcp -> {
          SSLSocket tls =
              (SSLSocket) context.getSocketFactory().createSocket(tcp, null, tcp.getPort(), false);
          tls.setUseClientMode(false);
          if (versions.length > 0) {
            tls.setEnabledProtocols(versions);
          }
          tls.startHandshake();
          return tls;
        },
        script);
  }

  /// The port that it listens on.
  public int port() {
    return listener.getLocalPort();
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
  public int visits() {
    return visits.get();
  }

  /// Every request that a script has read so far.
  public List<Received> received() {
    return List.copyOf(all);
  }

  /// The next request that was not yet taken; waits for it.
  public Received next() throws InterruptedException {
    @Nullable Received request = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came within " + PATIENCE_SECONDS + " s");
    }
    return request;
  }

  private void accept() {
    try {
      while (true) {
        Socket tcp = listener.accept();
        open.add(tcp);
        int number = visits.incrementAndGet();
        Thread.ofVirtual().name("visit-" + number).start(() -> serve(number, tcp));
      }
    } catch (IOException closed) {
      // That is how this loop ends.
    }
  }

  private void serve(int number, Socket tcp) {
    try (tcp;
        Socket socket = layer.over(tcp)) {
      script.serve(new Visit(number, tcp, socket, this::book));
    } catch (IOException theOtherSideLeft) {
      // What that means is for the test to judge.
    } finally {
      open.remove(tcp);
    }
  }

  private void book(Received request) {
    all.add(request);
    unseen.add(request);
  }

  /// Stops listening and drops all connections.
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket tcp : open) {
        tcp.close();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
