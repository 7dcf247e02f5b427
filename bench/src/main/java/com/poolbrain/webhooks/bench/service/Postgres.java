package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The PostgreSQL of the service under test, durable as in production, and its counters.
public final class Postgres implements AutoCloseable {

  /// Writes as many segments of the log as `max_wal_size` lets PostgreSQL keep.
  private static final String PREALLOCATE_WAL =
      """
      do $$
      begin
        for i in 1..(pg_size_bytes(current_setting('max_wal_size'))
                     / pg_size_bytes(current_setting('wal_segment_size')))
        loop
          perform pg_logical_emit_message(false, 'bench', 'use');
          perform pg_switch_wal();
        end loop;
      end $$
      """;

  private final EmbeddedPostgres embedded;

  /// Starts a server.
  ///
  /// @param binariesFolder where its programs are unpacked
  Postgres(Path folder, Path binariesFolder) {
    embedded = EmbeddedPostgres.start(folder, binariesFolder);
  }

  /// Code that uses a connection.
  public interface ConnectionFunction<T> {
    T apply(Connection connection) throws SQLException;
  }

  /// Connection settings for the service.
  public DatabaseSettings databaseSettings() {
    return embedded.settings();
  }

  /// Writes log segments for later reuse, as in a database that has been in use for a while. A new
  /// database creates each segment of 16 MB when it needs it, and all commits wait some 50 ms.
  public void preallocateWal() {
    execute(PREALLOCATE_WAL, "checkpoint");
  }

  /// A new connection as superuser, who may read counters and switch log segments.
  public Connection connect() throws SQLException {
    DatabaseSettings database = embedded.superuserSettings();
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  /// Runs code on a new connection.
  public <T> T withConnection(ConnectionFunction<T> function) {
    try (Connection connection = connect()) {
      return function.apply(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("A statement of the bench failed: " + e.getMessage(), e);
    }
  }

  /// Runs statements on one connection.
  public void execute(String... statements) {
    var _ =
        withConnection(connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
            return statements.length;
          }
        });
  }

  /// The result of a query that returns one number.
  public long queryNumber(String sql) {
    return withConnection(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  /// The version, such as `18.6`.
  public String version() {
    return withConnection(connection -> connection.getMetaData().getDatabaseProductVersion());
  }

  /// Bytes of write-ahead log written so far.
  long walBytes() {
    return queryNumber("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
  }

  /// Syncs of the write-ahead log that were reported so far.
  long walSyncs() {
    return queryNumber(
        "select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'");
  }

  /// CPU time and memory of all processes. Only children that ended count towards the parent, so
  /// the running ones are added.
  public ProcessUsage processUsage() {
    long checkpointerPid =
        queryNumber("select pid from pg_stat_activity where backend_type = 'checkpointer'");
    return ProcessHandle.of(checkpointerPid)
        .flatMap(ProcessHandle::parent)
        .map(ProcessUsage::ofProcessTree)
        .orElse(ProcessUsage.NONE);
  }

  @Override
  public void close() {
    embedded.close();
  }
}
