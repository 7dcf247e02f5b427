package com.poolbrain.webhooks.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/// Arguments and columns of types for which JDBC and JDBI have no method.
public final class ColumnValues {

  private ColumnValues() {}

  /// An argument of type `text[]`.
  public static Argument textArray(Collection<String> values) {
    return arrayArgument("text", values);
  }

  /// An argument of type `uuid[]`.
  public static Argument uuidArray(Collection<UUID> values) {
    return arrayArgument("uuid", values);
  }

  /// An argument of type `bigint[]`.
  public static Argument longArray(Collection<Long> values) {
    return arrayArgument("bigint", values);
  }

  private static Argument arrayArgument(String type, Collection<?> values) {
    return (position, statement, _) ->
        statement.setArray(
            position, statement.getConnection().createArrayOf(type, values.toArray()));
  }

  /// A column of type `text[]`.
  public static List<String> textArray(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /// A column of type `uuid[]`.
  public static List<UUID> uuidArray(ResultSet row, String column) throws SQLException {
    return List.of((UUID[]) row.getArray(column).getArray());
  }

  /// A column of type `uuid` that is not null.
  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /// A column of type `uuid`.
  public static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /// A column of type `timestamptz` that is not null.
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /// A column of type `timestamptz`.
  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /// A column of type `integer`.
  public static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  /// A column of type `double precision`.
  public static @Nullable Double doubleOrNull(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /// A column of type `bigint`.
  public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
