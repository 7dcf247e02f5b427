package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The databases of one data directory, with the way they are run.
record Cluster(Postmaster.Server server, DatabaseSettings settings, int port) {

  static final String USER = "webhooks";
  private static final String MAJOR_VERSION = "18";

  /// Given on the command line, so that no file can weaken what makes a commit durable.
  private static final List<String> SERVER_OPTIONS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=60",
          "shared_buffers=128MB",
          "io_method=sync",
          "max_parallel_workers_per_gather=0",
          "jit=off",
          "wal_compression=pglz",
          "max_wal_size=2GB",
          "min_wal_size=1GB", // kept to be written over: each new file holds up commits for 50 ms
          "checkpoint_timeout=15min",
          "autovacuum_naptime=10s",
          "log_checkpoints=off",
          "log_min_messages=warning",
          "log_timezone=UTC",
          "timezone=UTC");

  /// The databases of a folder, made if there are none.
  static Cluster openOrCreate(DataFolder folder, Installation installation)
      throws IOException, InterruptedException {
    Path data = folder.dataDirectory();
    ServerUser user = ServerUser.choose(folder.path(), DataFolder.DATA_DIRECTORY);
    String password = folder.loadOrCreatePassword();
    Path log = folder.rotateLog();
    if (!Files.exists(data)) {
      Path incomplete = folder.incompleteDataDirectory();
      create(new Postmaster.Server(installation, incomplete, user, log), password);
      Files.move(incomplete, data, StandardCopyOption.ATOMIC_MOVE);
    }
    requireSupportedVersion(data);
    Postmaster.Server server = new Postmaster.Server(installation, data, user, log);
    new StaleServerCleanup(server).cleanUp(); // first, so that the port of last time is free again
    int port = folder.choosePort();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    return new Cluster(server, DatabaseSettings.withDefaults(url, USER, password), port);
  }

  /// Starts the server, after ending what an earlier life left behind.
  Postmaster start() throws IOException, InterruptedException {
    new StaleServerCleanup(server).cleanUp();
    List<String> options = new ArrayList<>(SERVER_OPTIONS);
    options.add("port=" + port);
    return Postmaster.start(server, options);
  }

  private static void create(Postmaster.Server server, String password)
      throws IOException, InterruptedException {
    FileTrees.delete(server.data()); // what an interrupted creation left; it never was in use
    Files.createDirectory(
        server.data(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path passwordFile = server.data().resolveSibling("postgres.password.initdb");
    PrivateFiles.write(passwordFile, password);
    try {
      server.user().chown(passwordFile);
      server.user().chown(server.data());
      server.run(
          "initdb",
          List.of(
              "--pgdata=" + server.data(),
              "--username=" + USER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C"));
    } finally {
      Files.delete(passwordFile);
    }
  }

  private static void requireSupportedVersion(Path data) throws IOException {
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new StartupException(
          "The data in %s is of PostgreSQL %s, and the embedded one is %s: move it with pg_dump, or set WEBHOOKS_DATABASE_URL to a PostgreSQL %s that runs on it."
              .formatted(data, version, MAJOR_VERSION, version));
    }
  }
}
