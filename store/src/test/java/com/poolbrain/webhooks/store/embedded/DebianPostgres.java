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
    this.postmaster = run();
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
    DataFolder files = DataFolder.at(folder);
    Postmaster.Server server =
        new Postmaster.Server(
            new Installation(BIN),
            files.data(),
            ServerUser.of(files.path(), DataFolder.DATA),
            files.log());
    Files.createDirectory(
        server.data(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    server.user().own(server.data());
    server.run(
        "initdb",
        List.of(
            "--pgdata=" + server.data(),
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    return new DebianPostgres(server, files.port(), List.of(options));
  }

  /// How to connect to it.
  public DatabaseSettings settings() {
    return DatabaseSettings.of("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "unused");
  }

  /// Stops it, to be started again.
  public void stop() {
    postmaster.close();
  }

  /// Starts it again, on the same port, however it ended.
  public void startAgain() throws IOException, InterruptedException {
    new Leftovers(server).clear();
    postmaster = run();
  }

  /// Whether it has ended.
  public boolean ended() {
    return postmaster.ended().isDone();
  }

  private Postmaster run() throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "max_connections=60"));
    all.addAll(options);
    return Postmaster.start(server, all);
  }

  @Override
  public void close() {
    postmaster.close();
  }
}
