package com.poolbrain.webhooks.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs single JDBC statements.
///
/// ```java
/// int renewed = Sql.update(connection, RENEW, p -> p.add(millis).add(incarnation));
/// ```
public final class Sql {

  private Sql() {}

  /// Sets the parameters of a statement.
  @FunctionalInterface
  public interface Binder {
    void bind(ParameterBinder parameters) throws SQLException;
  }

  /// Maps the current row to a value.
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /// Executes a statement and returns the number of rows that it changed.
  public static int update(Connection c, String sql, Binder binder) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      binder.bind(new ParameterBinder(statement));
      return statement.executeUpdate();
    }
  }

  /// Executes a query and returns one value per row.
  public static <T> List<T> list(Connection c, String sql, Binder binder, RowMapper<T> rowMapper)
      throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      binder.bind(new ParameterBinder(statement));
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(rowMapper.map(rows));
        }
        return list;
      }
    }
  }

  /// Executes a query and returns the value of its first row; null if it has no row.
  public static <T> @Nullable T first(
      Connection c, String sql, Binder binder, RowMapper<T> rowMapper) throws SQLException {
    List<T> list = list(c, sql, binder, rowMapper);
    return list.isEmpty() ? null : list.getFirst();
  }

  /// Sets the parameters of a statement one after the other, from the first.
  public static final class ParameterBinder {

    private final PreparedStatement statement;
    private int index;

    private ParameterBinder(PreparedStatement statement) {
      this.statement = statement;
    }

    public ParameterBinder add(UUID value) throws SQLException {
      statement.setObject(++index, value);
      return this;
    }

    public ParameterBinder add(long value) throws SQLException {
      statement.setLong(++index, value);
      return this;
    }

    public ParameterBinder add(int value) throws SQLException {
      statement.setInt(++index, value);
      return this;
    }

    public ParameterBinder add(boolean value) throws SQLException {
      statement.setBoolean(++index, value);
      return this;
    }

    public ParameterBinder add(String value) throws SQLException {
      statement.setString(++index, value);
      return this;
    }

    public ParameterBinder add(PgBinaryArray array) throws SQLException {
      statement.setObject(++index, array);
      return this;
    }
  }
}
