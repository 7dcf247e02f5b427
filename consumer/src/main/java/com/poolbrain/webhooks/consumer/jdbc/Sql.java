package com.poolbrain.webhooks.consumer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs statements, each in its own transaction, or several on a connection of the caller.
final class Sql {

  private static final int MAX_TRIES = 5;

  private final DataSource dataSource;
  private final AtomicReference<@Nullable Dialect> dialect = new AtomicReference<>();

  Sql(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /// Runs statements in auto-commit. They run again if the database ended them because of a
  /// deadlock, so running them twice must have the effect of running them once.
  <T> T run(Work<T> work) {
    for (int tries = 1; ; tries++) {
      try (Connection connection = dataSource.getConnection()) {
        return runInAutoCommit(connection, work);
      } catch (SQLException e) {
        if (tries == MAX_TRIES || !isTransient(e)) {
          throw new JdbcStoreException(
              "The database of the webhook consumer failed: " + e.getMessage(), e);
        }
      }
    }
  }

  private static <T> T runInAutoCommit(Connection connection, Work<T> work) throws SQLException {
    boolean before = connection.getAutoCommit();
    if (before) {
      return work.run(connection);
    }
    connection.setAutoCommit(true);
    try {
      return work.run(connection);
    } finally {
      connection.setAutoCommit(false);
    }
  }

  /// The number of rows that a statement changed.
  int update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /// Whether a row was inserted; false if its key exists.
  boolean insert(Connection connection, String sql, Object... parameters) throws SQLException {
    try {
      return update(connection, sql, parameters) > 0;
    } catch (SQLException e) {
      if (isDuplicateKey(e)) {
        return false;
      }
      throw e;
    }
  }

  <T> List<T> query(Connection connection, String sql, RowMapper<T> mapper, Object... parameters)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(mapper.map(result));
      }
    }
    return rows;
  }

  /// Creates a table unless it exists. Asks first, because a role that may not create tables gets
  /// an error even if there is nothing to create.
  ///
  /// @param ddl statements for each dialect, separated by semicolons
  void createTable(String table, String ddl) {
    try (Connection connection = dataSource.getConnection()) {
      runInAutoCommit(
          connection,
          auto -> {
            if (!exists(auto, table)) {
              create(auto, table, ddl);
            }
            return true;
          });
    } catch (SQLException e) {
      throw new JdbcStoreException(
          "The table " + table + " can't be created: " + e.getMessage() + " Create it with: " + ddl,
          e);
    }
  }

  private void create(Connection connection, String table, String ddl) throws SQLException {
    try {
      for (String statement : ddl.split(";", -1)) {
        if (!statement.isBlank()) {
          update(connection, statement);
        }
      }
    } catch (SQLException e) {
      // Another process may have created it at the same time.
      if (!exists(connection, table)) {
        throw e;
      }
    }
  }

  private boolean exists(Connection connection, String table) {
    try {
      query(connection, "select 1 from " + table + " where 1 = 0", row -> 1);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  Dialect dialect(Connection connection) throws SQLException {
    Dialect known = dialect.get();
    if (known == null) {
      known = Dialect.of(connection);
      dialect.set(known);
    }
    return known;
  }

  private PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(dialect(connection).render(sql));
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static boolean isDuplicateKey(SQLException e) {
    return "23505".equals(e.getSQLState());
  }

  /// A deadlock, or a conflict with another transaction.
  private static boolean isTransient(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("40");
  }
}
