package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.embedded.DebianPostgres;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One running test server, which makes databases. It starts once, when first asked for, and stops
/// with this JVM, even if that is killed.
final class TestDatabases {

  private static final String TEMPLATE = "webhooks_template";
  private static final Map<TestServer, TestDatabases> RUNNING = new EnumMap<>(TestServer.class);

  private final AtomicInteger made = new AtomicInteger();
  private final DatabaseSettings server;

  private TestDatabases(DatabaseSettings server) {
    this.server = server;
  }

  static TestDatabases of(TestServer which) {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(which, TestDatabases::start);
    }
  }

  TestDatabase fresh() {
    String name = "test_" + made.incrementAndGet();
    execute(server, "create database " + name + " template " + TEMPLATE);
    return new TestDatabase(named(name), server, name);
  }

  static void execute(DatabaseSettings settings, String sql) {
    try (Connection connection =
            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static TestDatabases start(TestServer which) {
    Path folder = TestFolders.fresh();
    TestDatabases started = new TestDatabases(start(which, folder));
    execute(started.server, "create database " + TEMPLATE);
    Database.open(started.named(TEMPLATE)).close();
    return started;
  }

  private static DatabaseSettings start(TestServer which, Path folder) {
    return switch (which) {
      case EMBEDDED_18 -> {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestFolders.PROGRAMS);
        atEnd(postgres::close, folder);
        yield postgres.settings();
      }
      case DEBIAN_15 -> {
        DebianPostgres postgres = debian(folder);
        atEnd(postgres::close, folder);
        yield postgres.settings();
      }
    };
  }

  private static DebianPostgres debian(Path folder) {
    try {
      return DebianPostgres.start(folder);
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL 15 does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private DatabaseSettings named(String name) {
    String url = server.jdbcUrl().replaceFirst("/postgres$", "/" + name);
    return DatabaseSettings.of(url, server.user(), server.password());
  }

  private static void atEnd(Runnable stop, Path folder) {
    Thread end =
        new Thread(() -> {
          stop.run();
          TestFolders.delete(folder);
        });
    Runtime.getRuntime().addShutdownHook(end);
  }
}
