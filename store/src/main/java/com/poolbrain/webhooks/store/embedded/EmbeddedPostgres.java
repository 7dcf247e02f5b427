package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL 18 of our own, whose data is in a folder and stays there.
///
/// ```java
/// try (var postgres = EmbeddedPostgres.start(Path.of("data"));
///     var database = Database.open(postgres.settings())) { … }
/// ```
///
/// It takes connections on the loopback address only, and only with the password that stands in the
/// folder. One living process can use a folder at a time. If the server dies it is started again.
public final class EmbeddedPostgres implements AutoCloseable {

  static final String VERSION = "18.6.0";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final ReentrantLock stateLock = new ReentrantLock();
  private final FolderLock folderLock;
  private final Cluster cluster;
  private final DatabaseSettings settings;
  private Postmaster postmaster;
  private boolean closed;

  private EmbeddedPostgres(FolderLock folderLock, Cluster cluster, DatabaseSettings settings)
      throws IOException, InterruptedException {
    this.folderLock = folderLock;
    this.cluster = cluster;
    this.settings = settings;
    this.postmaster = cluster.start();
    restartWhenEnded();
  }

  /// Starts the database of a folder; an empty or missing folder becomes a new one.
  ///
  /// @throws StartupException if it can't be started, saying why
  public static EmbeddedPostgres start(Path folder) {
    return start(folder, folder);
  }

  /// Starts the database of a folder with programs that are unpacked, once, into another.
  public static EmbeddedPostgres start(Path folder, Path programsFolder) {
    try {
      DataFolder dataFolder = DataFolder.openOrCreate(folder);
      FolderLock folderLock = FolderLock.acquire(dataFolder.path());
      try {
        Cluster cluster =
            Cluster.openOrCreate(
                dataFolder,
                Installation.unpackBundled(DataFolder.openOrCreate(programsFolder).path()));
        return new EmbeddedPostgres(folderLock, cluster, cluster.settings());
      } catch (IOException | InterruptedException | RuntimeException e) {
        folderLock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StartupException(
          "The embedded PostgreSQL in %s can't be started: %s".formatted(folder, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("Interrupted while the embedded PostgreSQL was starting.", e);
    }
  }

  /// How to connect to it; the same for its whole life.
  public DatabaseSettings settings() {
    return settings;
  }

  /// Stops the server, then lets go of the folder.
  @Override
  public void close() {
    stateLock.lock();
    try {
      if (!closed) {
        closed = true;
        postmaster.close();
        folderLock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      stateLock.unlock();
    }
  }

  private void restartWhenEnded() {
    CompletableFuture<?> _ =
        postmaster.onExit().thenRunAsync(this::restart, Thread::startVirtualThread);
  }

  private void restart() {
    stateLock.lock();
    try {
      if (closed) {
        return;
      }
      log.warn("The embedded PostgreSQL ended by itself; starting it again");
      postmaster = cluster.start();
      restartWhenEnded();
    } catch (IOException | StartupException e) {
      log.error("The embedded PostgreSQL can't be started again; next try in a second", e);
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Thread::startVirtualThread)
          .execute(this::restart);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stateLock.unlock();
    }
  }
}
