package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The oldest PostgreSQL that this works with, from Debian's packages, on a folder of its own.
public final class DebianPostgres implements AutoCloseable {

  private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
  private static final String USER = "webhooks";

  private final Postmaster.Server server;
  private final int port;
  private final List<String> options;
  private Postmaster postmaster;

  private DebianPostgres(Postmaster.Server server, int port, List<String> options)
      throws IOException, InterruptedException {
    this.server = server;
    this.port = port;
    this.options = options;
    this.postmaster = startServer();
  }

  /// Starts a new, empty one in a folder that is there and empty.
  ///
  /// @param options as `name=value`; it is fast and forgetful unless they say otherwise
  public static DebianPostgres start(Path folder, String... options)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(BIN.resolve("initdb"))) {
      throw new IllegalStateException(
          "The tests need PostgreSQL 15 in " + BIN + ": apt-get install postgresql-15");
    }
    DataFolder dataFolder = DataFolder.openOrCreate(folder);
    Postmaster.Server server =
        new Postmaster.Server(
            new Installation(BIN),
            dataFolder.dataDirectory(),
            ServerUser.choose(dataFolder.path(), DataFolder.DATA_DIRECTORY),
            dataFolder.rotateLog());
    Files.createDirectory(
        server.data(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    server.user().chown(server.data());
    server.run(
        "initdb",
        List.of(
            "--pgdata=" + server.data(),
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    return new DebianPostgres(server, dataFolder.choosePort(), List.of(options));
  }

  /// How to connect to it.
  public DatabaseSettings settings() {
    return DatabaseSettings.withDefaults(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "unused");
  }

  /// Stops it, to be started again.
  public void stop() {
    postmaster.close();
  }

  /// Starts it again, on the same port, however it ended.
  public void restart() throws IOException, InterruptedException {
    new StaleServerCleanup(server).cleanUp();
    postmaster = startServer();
  }

  /// Whether it has ended.
  public boolean hasEnded() {
    return postmaster.onExit().isDone();
  }

  private Postmaster startServer() throws IOException, InterruptedException {
    List<String> allOptions =
        new ArrayList<>(
            List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "max_connections=60"));
    allOptions.addAll(options);
    return Postmaster.start(server, allOptions);
  }

  @Override
  public void close() {
    postmaster.close();
  }
}
