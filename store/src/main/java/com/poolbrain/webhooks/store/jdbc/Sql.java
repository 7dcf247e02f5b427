package com.poolbrain.webhooks.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one statement.
public final class Sql {

  private Sql() {}

  /// Gives a statement its parameters.
  @FunctionalInterface
  public interface Binder {
    void bind(ParameterBinder parameterBinder) throws SQLException;
  }

  /// Makes a value of a row.
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  public static int update(Connection c, String sql, Binder binder) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      binder.bind(new ParameterBinder(statement));
      return statement.executeUpdate();
    }
  }

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

  /// The first row's value; null if there is no row.
  public static <T> @Nullable T first(
      Connection c, String sql, Binder binder, RowMapper<T> rowMapper) throws SQLException {
    List<T> list = list(c, sql, binder, rowMapper);
    return list.isEmpty() ? null : list.getFirst();
  }
}
