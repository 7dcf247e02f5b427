package com.poolbrain.webhooks.e2e.house;

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

/// The wire between a service and its PostgreSQL, which can be cut at any place.
///
/// ```java
/// try (Wire wire = Wire.to(database.settings());
///     House house = House.open(Setup.on(wire.settings()))) {
///   wire.loseTheAnswerTo("Chris Bale"); // it is committed, and nobody is told
/// }
/// ```
public final class Wire implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("(?<=//127\\.0\\.0\\.1:)\\d+");

  /// How PostgreSQL ends its answer to whatever it has committed: ready for a query, and idle.
  private static final String COMMITTED = "Z\0\0\0\5I";

  private static final Duration LONGEST_DELAY = Duration.ofMillis(30);

  private final DatabaseSettings database;
  private final int databasePort;
  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Loss> loss = new AtomicReference<>();
  private volatile @Nullable Random storm;

  /// What is to be lost.
  ///
  /// @param answer whether it is the answer; else it is half of the request
  private record Loss(String marker, boolean answer) {}

  private Wire(DatabaseSettings database) {
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
    Thread.ofVirtual().name("wire").start(this::accept);
  }

  /// A wire to this database, which works.
  public static Wire to(DatabaseSettings database) {
    return new Wire(database);
  }

  /// How to connect to the database through it.
  public DatabaseSettings settings() {
    String url =
        PORT.matcher(database.jdbcUrl()).replaceFirst(Integer.toString(listener.getLocalPort()));
    return DatabaseSettings.of(url, database.user(), database.password());
  }

  /// Once: what a request with this text in it commits is committed, and the answer that says so
  /// never arrives.
  public void loseTheAnswerTo(String text) {
    loss.set(new Loss(text, true));
  }

  /// Once: of a request with this text in it only the half arrives.
  public void loseTheRequestWith(String text) {
    loss.set(new Loss(text, false));
  }

  /// Whether what was to be lost is lost.
  public boolean hasLost() {
    return loss.get() == null;
  }

  /// From now on one answer in thirty is cut in its middle, and one in five is late.
  public void storm(long seed) {
    storm = new Random(seed);
  }

  /// From now on nothing comes through on the connections that are open, and nobody is told.
  public void fallSilent() {
    links.forEach(link -> link.silent = true);
  }

  /// From now on it works again for new connections.
  public void mend() {
    storm = null;
  }

  private void accept() {
    try {
      while (true) {
        Link link = new Link(listener.accept());
        links.add(link);
        Thread.ofVirtual().name("link").start(link::connect);
      }
    } catch (IOException closed) {
      // That is how this loop ends.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Link::cut);
  }

  /// One connection with what it is connected to.
  private final class Link {

    private final Socket near;
    private final Socket far = new Socket();
    private volatile boolean silent;
    private volatile boolean doomed;

    Link(Socket near) {
      this.near = near;
    }

    void connect() {
      try {
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), databasePort));
        Thread.ofVirtual().name("requests").start(() -> end(this::requests));
        end(this::answers);
      } catch (IOException databaseIsGone) {
        cut();
      }
    }

    /// One direction of the connection.
    private interface Direction {
      void pump() throws IOException;
    }

    private void end(Direction direction) {
      try {
        direction.pump();
      } catch (IOException cut) {
        // The other direction ends with it.
      }
      cut();
    }

    private void requests() throws IOException {
      InputStream in = near.getInputStream();
      OutputStream out = far.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      String before = "";
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String now = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        Loss wanted = loss.get();
        if (wanted != null && (before + now).contains(wanted.marker())) {
          if (!wanted.answer()) {
            out.write(buffer, 0, n / 2);
            out.flush();
            loss.set(null);
            return;
          }
          doomed = true;
        }
        before = now.substring(Math.max(0, n - 64));
        out.write(buffer, 0, n);
        out.flush();
      }
    }

    private void answers() throws IOException {
      InputStream in = far.getInputStream();
      OutputStream out = near.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      String end = "";
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String now = end + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        end = now.substring(Math.max(0, now.length() - COMMITTED.length()));
        if (doomed && end.equals(COMMITTED)) {
          loss.set(null);
          return;
        }
        if (!silent) {
          int through = weather(n);
          out.write(buffer, 0, through);
          out.flush();
          if (through < n) {
            return;
          }
        }
      }
    }

    /// How many bytes of an answer come through, after how long.
    private int weather(int bytes) {
      Random random = storm;
      if (random == null) {
        return bytes;
      }
      int chance = random.nextInt(30);
      if (chance % 5 == 1) {
        LockSupport.parkNanos(random.nextLong(LONGEST_DELAY.toNanos()));
      }
      return chance == 0 ? bytes / 2 : bytes;
    }

    void cut() {
      links.remove(this);
      try {
        near.close();
        far.close();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
