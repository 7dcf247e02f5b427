package com.poolbrain.webhooks.consumer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/// What differs between the supported databases. Times are milliseconds by the clock of the
/// database, so that the clocks of several consumers need not agree.
enum Dialect {
  POSTGRESQL(
      "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)",
      "insert into ",
      " on conflict do nothing",
      "bytea"),
  // Whole seconds: unlike now(3) they don't depend on the time zone of the session.
  MYSQL("unix_timestamp() * 1000", "insert ignore into ", "", "longblob"),
  H2(
      "datediff(millisecond, timestamp with time zone '1970-01-01 00:00:00+00:00',"
          + " current_timestamp)",
      "insert into ",
      "",
      "blob");

  private final String now;
  private final String insert;
  private final String insertEnd;
  private final String bytes;

  Dialect(String now, String insert, String insertEnd, String bytes) {
    this.now = now;
    this.insert = insert;
    this.insertEnd = insertEnd;
    this.bytes = bytes;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> POSTGRESQL;
      case "mysql", "mariadb" -> MYSQL;
      case "h2" -> H2;
      default ->
          throw new SQLException(
              product + " is not supported; use PostgreSQL, MySQL, MariaDB or H2.");
    };
  }

  /// A statement in this dialect: `{now}` is the time, `{bytes}` a type for bodies, and `{insert}`
  /// … `{/insert}` does nothing if the key exists.
  String render(String sql) {
    return sql.replace("{now}", now)
        .replace("{insert}", insert)
        .replace("{/insert}", insertEnd)
        .replace("{bytes}", bytes);
  }
}
