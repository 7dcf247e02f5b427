package com.poolbrain.webhooks.consumer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;

/// Remembers the time of the last event that was applied to each entity, in a table of PostgreSQL,
/// MySQL, MariaDB or H2. Webhooks may arrive in another order, so a handler that sets a state asks
/// first whether the event is older than what it applied.
///
/// ```java
/// var latest = JdbcLatestOnly.of(dataSource);
/// // in the transaction that sets the status:
/// if (latest.advance(connection, "customer-status/" + change.customerId(), context.timestamp())) {
///   setStatus(connection, change);
/// }
/// ```
public final class JdbcLatestOnly {

  /// The most characters of the name of an entity.
  public static final int MAX_ENTITY_LENGTH = 200;

  private static final String TABLE = "poolbrain_webhook_latest";
  private static final String DDL =
      """
      create table poolbrain_webhook_latest (
        entity varchar(200) not null primary key,
        applied_us bigint not null)\
      """;
  private static final String ADVANCE =
      """
      update poolbrain_webhook_latest set applied_us = ?
      where entity = ? and applied_us < ?\
      """;
  private static final String ADD =
      "{insert} poolbrain_webhook_latest (entity, applied_us) values (?, ?) {/insert}";
  private static final String FIND =
      "select applied_us from poolbrain_webhook_latest where entity = ? for update";

  private final Sql sql;

  private JdbcLatestOnly(Sql sql) {
    this.sql = sql;
  }

  /// The times in a database. Creates the table `poolbrain_webhook_latest` unless it exists.
  ///
  /// @throws JdbcStoreException if the table can't be created; the message has its definition
  public static JdbcLatestOnly of(DataSource dataSource) {
    var sql = new Sql(dataSource);
    sql.createTable(TABLE, DDL);
    return new JdbcLatestOnly(sql);
  }

  /// Records an event as applied, unless a later one was. Locks the entity until the transaction
  /// ends, so that two events of one entity are applied one after the other.
  ///
  /// @param connection connection of the transaction that applies the event
  /// @param entity what is changed, at most 200 characters; include the company if the consumer
  ///   serves several
  /// @param timestamp time of the event, in microseconds
  /// @return whether to apply the event: it is as late as the last one or later
  public boolean advance(Connection connection, String entity, Instant timestamp)
      throws SQLException {
    if (entity.isEmpty() || entity.length() > MAX_ENTITY_LENGTH) {
      throw new IllegalArgumentException("The name of an entity must have 1 to 200 characters.");
    }
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, timestamp);
    if (sql.update(connection, ADVANCE, micros, entity, micros) > 0
        || sql.insert(connection, ADD, entity, micros)) {
      return true;
    }
    // It exists: it was added meanwhile, or has the same time or a later one.
    return sql.update(connection, ADVANCE, micros, entity, micros) > 0
        || sql.query(connection, FIND, row -> row.getLong(1), entity).contains(micros);
  }
}
