package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// The database cluster in one data directory, and how its server is run.
///
/// @param settings for connections as an ordinary role, which owns its database
/// @param superuserSettings for connections to the same database as superuser
record Cluster(
    Postmaster.Server server,
    DatabaseSettings settings,
    DatabaseSettings superuserSettings,
    int port) {

  private static final String SUPERUSER = "postgres";
  private static final String OWNER = "webhooks";
  private static final String MAJOR_VERSION = "18";

  /// Passed on the command line, so that no configuration file can make commits less durable.
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
          "min_wal_size=1GB", // files are reused: a new one delays commits by 50 ms
          "checkpoint_timeout=15min",
          "autovacuum_naptime=10s",
          "log_checkpoints=off",
          "log_error_verbosity=terse", // the details of an error show values of the row
          "log_min_messages=warning",
          "log_timezone=UTC",
          "timezone=UTC");

  /// Opens the cluster of a data folder, or creates it.
  static Cluster openOrCreate(DataFolder folder, Installation installation)
      throws IOException, InterruptedException {
    Path data = folder.dataDirectory();
    folder.warnIfAccessible();
    String password = folder.loadOrCreatePassword(OWNER);
    String superuserPassword = folder.loadOrCreatePassword(SUPERUSER);
    Path log = folder.rotateLog();
    if (!Files.exists(data)) {
      Path incomplete = folder.incompleteDataDirectory();
      var server = new Postmaster.Server(installation, incomplete, folder.user(), log);
      create(server, superuserPassword, password);
      Files.move(incomplete, data, StandardCopyOption.ATOMIC_MOVE);
    }
    requireSupportedVersion(data);
    Postmaster.Server server = new Postmaster.Server(installation, data, folder.user(), log);
    new StaleServerCleanup(server).cleanUp(); // before the port is chosen, so that it is free again
    int port = folder.choosePort();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + OWNER;
    return new Cluster(
        server,
        DatabaseSettings.withDefaults(url, OWNER, password),
        DatabaseSettings.withDefaults(url, SUPERUSER, superuserPassword),
        port);
  }

  /// Starts the server, after a cleanup of what an earlier process left running.
  Postmaster start() throws IOException, InterruptedException {
    new StaleServerCleanup(server).cleanUp();
    List<String> options = new ArrayList<>(SERVER_OPTIONS);
    options.add("port=" + port);
    return Postmaster.start(server, options);
  }

  private static void create(
      Postmaster.Server server, String superuserPassword, String ownerPassword)
      throws IOException, InterruptedException {
    FileTrees.delete(server.data()); // left by an interrupted creation, never used
    Files.createDirectory(server.data(), PrivateFiles.OWNER_ONLY_FOLDER);
    Path passwordFile = server.data().resolveSibling("postgres.password.initdb");
    PrivateFiles.write(passwordFile, superuserPassword);
    try {
      server.user().chown(passwordFile);
      server.user().chown(server.data());
      server.run(
          "initdb",
          List.of(
              "--pgdata=" + server.data(),
              "--username=" + SUPERUSER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C"));
    } finally {
      Files.delete(passwordFile);
    }
    server.execute(
        "create role %1$s login password '%2$s'".formatted(OWNER, ownerPassword),
        "create database %1$s owner %1$s".formatted(OWNER));
  }

  private static void requireSupportedVersion(Path data) throws IOException {
    Path versionFile = data.resolve("PG_VERSION");
    if (!Files.exists(versionFile)) {
      throw new StartupException(
          "The folder %s has no file PG_VERSION, so it is no database of PostgreSQL: restore it from a backup, or remove it if it is empty."
              .formatted(data));
    }
    String version = Files.readString(versionFile).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new StartupException(
          "The data in %s belongs to PostgreSQL %s, but the embedded version is %s: migrate the data with pg_dump, or set WEBHOOKS_DATABASE_URL to a PostgreSQL %s server that uses it."
              .formatted(data, version, MAJOR_VERSION, version));
    }
  }
}
