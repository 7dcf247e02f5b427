package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A running test server, which creates databases. It is started on first use and stops with this
/// JVM, even after a kill.
final class RunningTestServer {

  private static final String TEMPLATE = "webhooks_template";
  private static final Map<TestServer, RunningTestServer> RUNNING_SERVERS =
      new EnumMap<>(TestServer.class);

  private final AtomicInteger databaseCount = new AtomicInteger();
  private final DatabaseSettings ownerSettings;
  private final DatabaseSettings superuserSettings;

  /// @param ownerSettings for connections as an ordinary role, which the service uses
  private RunningTestServer(DatabaseSettings ownerSettings, DatabaseSettings superuserSettings) {
    this.ownerSettings = ownerSettings;
    this.superuserSettings = superuserSettings;
  }

  static RunningTestServer getOrStart(TestServer testServer) {
    synchronized (RUNNING_SERVERS) {
      return RUNNING_SERVERS.computeIfAbsent(testServer, RunningTestServer::start);
    }
  }

  TestDatabase createDatabase() {
    String name = "test_" + databaseCount.incrementAndGet();
    createDatabase(name, TEMPLATE);
    return new TestDatabase(settingsFor(name), superuserSettings, name);
  }

  private static RunningTestServer start(TestServer testServer) {
    Path folder = TestFolders.createFolder();
    RunningTestServer started = start(testServer, folder);
    started.createDatabase(TEMPLATE, "template1");
    Database.open(started.settingsFor(TEMPLATE)).close();
    return started;
  }

  private void createDatabase(String name, String template) {
    TestSql.execute(
        superuserSettings,
        "create database %s template %s owner %s".formatted(name, template, ownerSettings.user()));
  }

  private static RunningTestServer start(TestServer testServer, Path folder) {
    return switch (testServer) {
      case EMBEDDED_18 -> {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestFolders.PROGRAMS);
        stopAtExit(postgres::close, folder);
        yield new RunningTestServer(postgres.settings(), postgres.superuserSettings());
      }
      case OLDEST_15 -> {
        Postgres15 postgres = startOldest(folder);
        stopAtExit(postgres::close, folder);
        yield new RunningTestServer(postgres.settings(), postgres.superuserSettings());
      }
    };
  }

  private static Postgres15 startOldest(Path folder) {
    try {
      return Postgres15.start(folder);
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL 15 can't be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL 15 was starting", e);
    }
  }

  private DatabaseSettings settingsFor(String name) {
    String url = ownerSettings.jdbcUrl().replaceFirst("/webhooks$", "/" + name);
    return DatabaseSettings.withDefaults(url, ownerSettings.user(), ownerSettings.password());
  }

  private static void stopAtExit(Runnable stop, Path folder) {
    Thread end =
        new Thread(() -> {
          stop.run();
          TestFolders.delete(folder);
        });
    Runtime.getRuntime().addShutdownHook(end);
  }
}
