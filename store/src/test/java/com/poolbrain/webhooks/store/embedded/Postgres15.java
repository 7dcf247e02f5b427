package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL 15, the oldest version that the service supports, on a folder of its own.
public final class Postgres15 implements AutoCloseable {

  /// From Maven Central, unpacked into the test resources by the build.
  private static final String ARCHIVE = "/postgres-15/postgres-linux-x86_64.txz";

  private static final String SUPERUSER = "postgres";
  private static final String OWNER = "webhooks";

  private final Postmaster.Server server;
  private final int port;
  private final List<String> options;
  private Postmaster postmaster;

  private Postgres15(Postmaster.Server server, int port, List<String> options)
      throws IOException, InterruptedException {
    this.server = server;
    this.port = port;
    this.options = options;
    this.postmaster = startServer();
  }

  /// Starts a server with a new data directory in an existing, empty folder.
  ///
  /// @param options server settings as `name=value`; `fsync` is off unless set here
  public static Postgres15 start(Path folder, String... options)
      throws IOException, InterruptedException {
    DataFolder dataFolder = DataFolder.openOrCreate(folder);
    Postmaster.Server server =
        new Postmaster.Server(
            Installation.unpack(
                ARCHIVE, "15", DataFolder.openOrCreate(TestFolders.PROGRAMS).path()),
            dataFolder.dataDirectory(),
            dataFolder.user(),
            dataFolder.rotateLog());
    Files.createDirectory(server.data(), PrivateFiles.OWNER_ONLY_FOLDER);
    server.user().chown(server.data());
    server.run(
        "initdb",
        List.of(
            "--pgdata=" + server.data(),
            "--username=" + SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    server.execute("create role webhooks login", "create database webhooks owner webhooks");
    return new Postgres15(server, dataFolder.choosePort(), List.of(options));
  }

  /// The settings for connecting as an ordinary role that owns the database.
  public DatabaseSettings settings() {
    return settingsOf(OWNER);
  }

  /// The settings for connecting to the same database as superuser.
  public DatabaseSettings superuserSettings() {
    return settingsOf(SUPERUSER);
  }

  private DatabaseSettings settingsOf(String role) {
    return DatabaseSettings.withDefaults(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + OWNER, role, "unused");
  }

  /// Stops the server. [#restart()] starts it again.
  public void stop() {
    postmaster.close();
  }

  /// Starts the server again on the same port, also after a crash.
  public void restart() throws IOException, InterruptedException {
    new StaleServerCleanup(server).cleanUp();
    postmaster = startServer();
  }

  /// Whether the server process has ended.
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
