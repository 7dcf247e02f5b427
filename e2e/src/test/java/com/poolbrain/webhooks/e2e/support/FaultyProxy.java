package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.store.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// TCP proxy between a service and PostgreSQL that injects connection faults.
///
/// ```java
/// try (FaultyProxy proxy = FaultyProxy.to(database.settings());
///     RunningService service = RunningService.start(environmentOn(proxy.settings()))) {
///   proxy.dropResponseTo("Chris Bale"); // committed, but the service does not learn it
/// }
/// ```
public final class FaultyProxy implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("(?<=//127\\.0\\.0\\.1:)\\d+");

  /// End of a PostgreSQL response outside of a transaction: ReadyForQuery, idle.
  private static final String READY_FOR_QUERY_IDLE = "Z\0\0\0\5I";

  private static final Duration MAX_DELAY = Duration.ofMillis(30);

  private final DatabaseSettings database;
  private final int databasePort;
  private final ServerSocket listener;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable PendingFault> pendingFault = new AtomicReference<>();
  private volatile @Nullable Random randomFaults;

  /// A fault to inject once.
  ///
  /// @param dropsResponse whether to drop the response; otherwise the request is truncated
  private record PendingFault(String marker, boolean dropsResponse) {}

  private FaultyProxy(DatabaseSettings database) {
    this.database = database;
    Matcher port = PORT.matcher(database.jdbcUrl());
    if (!port.find()) {
      throw new IllegalArgumentException(database.jdbcUrl());
    }
    this.databasePort = Integer.parseInt(port.group());
    try {
      this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("faulty-proxy").start(this::accept);
  }

  /// A proxy to this database without faults.
  public static FaultyProxy to(DatabaseSettings database) {
    return new FaultyProxy(database);
  }

  /// Settings to connect through the proxy.
  public DatabaseSettings settings() {
    String url =
        PORT.matcher(database.jdbcUrl()).replaceFirst(Integer.toString(listener.getLocalPort()));
    return DatabaseSettings.withDefaults(url, database.user(), database.password());
  }

  /// Injects once: a request with this text is committed, and its response is dropped.
  public void dropResponseTo(String marker) {
    pendingFault.set(new PendingFault(marker, true));
  }

  /// Injects once: a request with this text is truncated in its middle.
  public void truncateRequestContaining(String marker) {
    pendingFault.set(new PendingFault(marker, false));
  }

  /// Whether the fault was injected.
  public boolean hasInjectedFault() {
    return pendingFault.get() == null;
  }

  /// Starts random faults: one response in thirty is truncated, one in five is delayed.
  public void startRandomFaults(long seed) {
    randomFaults = new Random(seed);
  }

  /// Stalls the open connections: they stay open, but no response is forwarded.
  public void stallOpenConnections() {
    connections.forEach(connection -> connection.stalled = true);
  }

  /// Stops random faults.
  public void stopRandomFaults() {
    randomFaults = null;
  }

  private void accept() {
    try {
      while (true) {
        ProxiedConnection connection = new ProxiedConnection(listener.accept());
        connections.add(connection);
        Thread.ofVirtual().name("proxied-connection").start(connection::connect);
      }
    } catch (IOException closed) {
      // The proxy was closed.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(ProxiedConnection::close);
  }

  /// A client connection and its connection to the database.
  private final class ProxiedConnection {

    private final Socket clientSocket;
    private final Socket serverSocket = new Socket();
    private volatile boolean stalled;
    private volatile boolean dropsResponse;

    ProxiedConnection(Socket clientSocket) {
      this.clientSocket = clientSocket;
    }

    void connect() {
      try {
        clientSocket.setTcpNoDelay(true);
        serverSocket.setTcpNoDelay(true);
        serverSocket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), databasePort));
        Thread.ofVirtual()
            .name("proxied-requests")
            .start(() -> pumpUntilClosed(this::forwardRequests));
        pumpUntilClosed(this::forwardResponses);
      } catch (IOException databaseUnreachable) {
        close();
      }
    }

    /// One direction of a connection.
    private interface Direction {
      void pump() throws IOException;
    }

    private void pumpUntilClosed(Direction direction) {
      try {
        direction.pump();
      } catch (IOException cut) {
        // The other direction is closed too.
      }
      close();
    }

    private void forwardRequests() throws IOException {
      InputStream in = clientSocket.getInputStream();
      OutputStream out = serverSocket.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      String tail = "";
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String received = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        PendingFault fault = pendingFault.get();
        if (fault != null && (tail + received).contains(fault.marker())) {
          if (!fault.dropsResponse()) {
            out.write(buffer, 0, n / 2);
            out.flush();
            pendingFault.set(null);
            return;
          }
          dropsResponse = true;
        }
        tail = received.substring(Math.max(0, n - 64));
        out.write(buffer, 0, n);
        out.flush();
      }
    }

    private void forwardResponses() throws IOException {
      InputStream in = serverSocket.getInputStream();
      OutputStream out = clientSocket.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      String tail = "";
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String received = tail + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        tail = received.substring(Math.max(0, received.length() - READY_FOR_QUERY_IDLE.length()));
        if (dropsResponse && tail.equals(READY_FOR_QUERY_IDLE)) {
          pendingFault.set(null);
          return;
        }
        if (!stalled) {
          int forwarded = bytesToForward(n);
          out.write(buffer, 0, forwarded);
          out.flush();
          if (forwarded < n) {
            return;
          }
        }
      }
    }

    /// Number of bytes to forward of a response, after a random delay.
    private int bytesToForward(int bytes) {
      Random random = randomFaults;
      if (random == null) {
        return bytes;
      }
      int chance = random.nextInt(30);
      if (chance % 5 == 1) {
        LockSupport.parkNanos(random.nextLong(MAX_DELAY.toNanos()));
      }
      return chance == 0 ? bytes / 2 : bytes;
    }

    void close() {
      connections.remove(this);
      try {
        clientSocket.close();
        serverSocket.close();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
