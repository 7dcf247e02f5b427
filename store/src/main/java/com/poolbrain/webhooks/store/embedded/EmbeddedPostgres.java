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

/// A PostgreSQL 18 server as child process, with its data in a folder.
///
/// ```java
/// try (var postgres = EmbeddedPostgres.start(Path.of("data"));
///     var database = Database.open(postgres.settings())) { … }
/// ```
///
/// It accepts connections on the loopback address only, with passwords stored in the folder. One
/// process at a time can use a folder. A server that ends unexpectedly is restarted.
public final class EmbeddedPostgres implements AutoCloseable {

  static final String VERSION = "18.6.0";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final ReentrantLock stateLock = new ReentrantLock();
  private final FolderLock folderLock;
  private final Cluster cluster;
  private Postmaster postmaster;
  private boolean closed;

  private EmbeddedPostgres(FolderLock folderLock, Cluster cluster)
      throws IOException, InterruptedException {
    this.folderLock = folderLock;
    this.cluster = cluster;
    this.postmaster = cluster.start();
    restartWhenEnded();
  }

  /// Starts the server of a data folder. In an empty or missing folder it creates a new database.
  ///
  /// @throws StartupException if the server can't be started, saying why
  public static EmbeddedPostgres start(Path folder) {
    return start(folder, folder);
  }

  /// Starts the server of a data folder with the binaries in another folder, unpacked there once.
  public static EmbeddedPostgres start(Path folder, Path programsFolder) {
    try {
      DataFolder dataFolder = DataFolder.openOrCreate(folder);
      FolderLock folderLock = FolderLock.acquire(dataFolder.path());
      try {
        Cluster cluster =
            Cluster.openOrCreate(
                dataFolder,
                Installation.unpackBundled(DataFolder.openOrCreate(programsFolder).path()));
        return new EmbeddedPostgres(folderLock, cluster);
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

  /// The settings for connections as an ordinary role that owns the database. They stay the same
  /// after restarts of the server.
  public DatabaseSettings settings() {
    return cluster.settings();
  }

  /// The settings for connections to the same database as superuser, for its administration.
  public DatabaseSettings superuserSettings() {
    return cluster.superuserSettings();
  }

  /// Stops the server, then releases the folder.
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
      log.warn("The embedded PostgreSQL ended unexpectedly. Restarting it.");
      postmaster = cluster.start();
      restartWhenEnded();
    } catch (IOException | StartupException e) {
      log.error(
          "The embedded PostgreSQL can't be restarted. Retrying in 1 s. Cause: {}", e.getMessage());
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Thread::startVirtualThread)
          .execute(this::restart);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stateLock.unlock();
    }
  }
}
