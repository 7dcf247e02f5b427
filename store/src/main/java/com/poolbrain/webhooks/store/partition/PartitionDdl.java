package com.poolbrain.webhooks.store.partition;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Creates, detaches and drops partitions.
///
/// A statement waits at most 2 s for a table lock, because other statements queue behind it. A
/// later pass repeats what failed. An advisory lock lets one node at a time change partitions.
final class PartitionDdl {

  /// The lock has the same number in all versions of the service. It is held until the connection
  /// closes.
  private static final String ACQUIRE_LOCK =
      """
      set lock_timeout = '30s'; select pg_advisory_lock(7305614001); set lock_timeout = '2s'
      """;

  private static final String LIST_PARTITIONS =
      """
      select c.relname, i.inhdetachpending
        from pg_inherits i
        join pg_class c on c.oid = i.inhrelid
       where i.inhparent = to_regclass(?)
       order by i.inhdetachpending desc, c.relname
      """;

  private static final String LIST_DETACHED =
      """
      select c.relname
        from pg_class c
        join pg_class parent on parent.oid = to_regclass(?)
       where c.relnamespace = parent.relnamespace
         and c.relkind = 'r'
         and c.relname ~ ('^' || parent.relname || '_[0-9]{8}$')
         and not exists (select from pg_inherits i where i.inhrelid = c.oid)
       order by c.relname
      """;

  private final Connection connection;

  /// @param connection in autocommit mode, used by nothing else
  PartitionDdl(Connection connection) {
    this.connection = connection;
  }

  /// Waits until no other node changes partitions. Other nodes wait until this connection closes.
  void lock() throws SQLException {
    execute(ACQUIRE_LOCK);
  }

  /// An attached partition.
  ///
  /// @param detachPending whether a concurrent detach was begun and not finished
  record Partition(String name, boolean detachPending) {}

  /// The attached partitions, those with a pending detach first: PostgreSQL allows one pending
  /// detach per table.
  List<Partition> partitions(PartitionedTable table) throws SQLException {
    List<Partition> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LIST_PARTITIONS)) {
      statement.setString(1, table.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new Partition(rows.getString(1), rows.getBoolean(2)));
        }
      }
    }
    return found;
  }

  /// Detached partitions, by their names.
  List<String> detached(PartitionedTable table) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LIST_DETACHED)) {
      statement.setString(1, table.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  /// Creates tables and attaches them, which does not block reads and writes of the parent. A
  /// detached partition is attached again with its rows.
  ///
  /// @param firstDays of the partitions
  void create(PartitionedTable table, List<LocalDate> firstDays) throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (LocalDate day : firstDays) {
        String name = table.partitionName(day);
        execute(
            "create table if not exists %s (like %s including all)".formatted(name, table.name()));
        execute(
            "alter table %s attach partition %s for values from (%s) to (%s)"
                .formatted(
                    table.name(),
                    name,
                    table.lowerBound(day),
                    table.lowerBound(table.span().next(day))));
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /// Detaches a partition without blocking the parent, or completes an interrupted detach.
  void detach(PartitionedTable table, Partition partition) throws SQLException {
    String mode = partition.detachPending() ? "finalize" : "concurrently";
    execute(
        "alter table %s detach partition %s %s".formatted(table.name(), partition.name(), mode));
  }

  void drop(String table) throws SQLException {
    execute("drop table " + table);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
