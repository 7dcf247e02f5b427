package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The oldest PostgreSQL that this works with, from Debian's packages, on a folder of its own.
public final class DebianPostgres implements AutoCloseable {

  private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
  private static final String USER = "webhooks";

  private final Postmaster postmaster;
  private final DatabaseSettings settings;

  private DebianPostgres(Postmaster postmaster, DatabaseSettings settings) {
    this.postmaster = postmaster;
    this.settings = settings;
  }

  /// Starts a new, empty one in a folder that is there and empty.
  public static DebianPostgres start(Path folder) throws IOException, InterruptedException {
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
    int port = files.port();
    Postmaster postmaster =
        Postmaster.start(
            server,
            List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "max_connections=60"));
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    return new DebianPostgres(postmaster, DatabaseSettings.of(url, USER, "unused"));
  }

  /// How to connect to it.
  public DatabaseSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    postmaster.close();
  }
}
