package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A PostgreSQL of the bench's own, with durability on, and what it counts.
public final class Postgres implements AutoCloseable {

  private static final String WAL_FSYNCS =
      """
      select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'
      """;

  /// As many files of the log as `max_wal_size` lets it keep.
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

  private Postgres(EmbeddedPostgres embedded) {
    this.embedded = embedded;
  }

  /// Starts one in a folder, with programs that are unpacked into another.
  public static Postgres start(Path folder, Path binariesFolder) {
    return new Postgres(EmbeddedPostgres.start(folder, binariesFolder));
  }

  /// How to connect to it.
  public DatabaseSettings databaseSettings() {
    return embedded.settings();
  }

  /// Gives it files of the log to write over, as one has that has been in use for a while. A new
  /// one makes each file of 16 MB when it needs it, and all commits wait some 50 ms for that.
  public void preallocateWal() throws SQLException {
    execute(PREALLOCATE_WAL, "checkpoint");
  }

  /// A connection of its own.
  public Connection connect() throws SQLException {
    DatabaseSettings database = embedded.settings();
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  /// Runs statements.
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// The one number that a query gives.
  public long queryNumber(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// Its version, as `18.6`.
  public String version() throws SQLException {
    try (Connection connection = connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  /// Bytes of write-ahead log written so far.
  long walBytes() throws SQLException {
    return queryNumber("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
  }

  /// Times that the write-ahead log was forced to disk so far, as far as it was reported.
  long walSyncs() throws SQLException {
    return queryNumber(WAL_FSYNCS);
  }

  /// All its processes together. Only those that ended count towards the parent, so the living
  /// children are added.
  public ProcessUsage processUsage() throws SQLException {
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
