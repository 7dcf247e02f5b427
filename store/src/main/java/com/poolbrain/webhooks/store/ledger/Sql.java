package com.poolbrain.webhooks.store.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one statement.
final class Sql {

  private Sql() {}

  /// Gives a statement its parameters.
  @FunctionalInterface
  interface Giving {
    void to(Parameters parameters) throws SQLException;
  }

  /// Makes a value of a row.
  @FunctionalInterface
  interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  static int update(Connection c, String sql, Giving giving) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      giving.to(new Parameters(statement));
      return statement.executeUpdate();
    }
  }

  static <T> List<T> list(Connection c, String sql, Giving giving, Reading<T> reading)
      throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      giving.to(new Parameters(statement));
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(reading.from(rows));
        }
        return list;
      }
    }
  }

  /// The first row's value; null if there is no row.
  static <T> @Nullable T first(Connection c, String sql, Giving giving, Reading<T> reading)
      throws SQLException {
    List<T> list = list(c, sql, giving, reading);
    return list.isEmpty() ? null : list.getFirst();
  }
}
