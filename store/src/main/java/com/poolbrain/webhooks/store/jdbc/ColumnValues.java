package com.poolbrain.webhooks.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/// Columns of the kinds that JDBC has no plain method for.
public final class ColumnValues {

  private ColumnValues() {}

  /// An argument that is an array of `text`.
  public static Argument textArray(Collection<String> values) {
    return arrayArgument("text", values);
  }

  /// An argument that is an array of `uuid`.
  public static Argument uuidArray(Collection<UUID> values) {
    return arrayArgument("uuid", values);
  }

  private static Argument arrayArgument(String type, Collection<?> values) {
    return (position, statement, _) ->
        statement.setArray(
            position, statement.getConnection().createArrayOf(type, values.toArray()));
  }

  /// A column that is an array of `text`.
  public static List<String> textArray(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /// A column that is a `uuid`.
  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /// A column that is an array of `uuid`.
  public static List<UUID> uuidArray(ResultSet row, String column) throws SQLException {
    return List.of((UUID[]) row.getArray(column).getArray());
  }

  /// A column that is a `timestamptz`.
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  /// A column that may be a `timestamptz`.
  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  /// A column that may be an `integer`.
  public static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  /// A column that may be a `double precision`.
  public static @Nullable Double doubleOrNull(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /// A column that may be a `bigint`.
  public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
