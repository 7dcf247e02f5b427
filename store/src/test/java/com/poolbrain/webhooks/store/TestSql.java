package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.jdbc.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Executes SQL statements in tests.
public final class TestSql {

  private TestSql() {}

  /// A connection outside of any pool.
  public static Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
  }

  /// Executes statements on a connection of their own.
  public static void execute(DatabaseSettings settings, String sql) {
    try (Connection connection = connect(settings)) {
      execute(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  /// The first column of all rows.
  public static List<String> queryStrings(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /// The first column of all rows.
  public static List<String> queryStrings(Database database, String query) {
    return database.apiTransactions().read(connection -> queryStrings(connection, query));
  }

  /// The first column of the first row.
  public static long queryLong(Database database, String query) {
    return Long.parseLong(queryStrings(database, query).getFirst());
  }
}
