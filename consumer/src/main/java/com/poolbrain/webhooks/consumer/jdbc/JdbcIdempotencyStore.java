package com.poolbrain.webhooks.consumer.jdbc;

import com.poolbrain.webhooks.consumer.Claim;
import com.poolbrain.webhooks.consumer.ClaimResult;
import com.poolbrain.webhooks.consumer.IdempotencyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Remembers handled deliveries in a table of PostgreSQL, MySQL, MariaDB or H2, for all processes
/// that use the same database.
///
/// A process that dies between the effect of a handler and the completion makes the delivery come
/// again. A handler that writes to the same database prevents that: it completes the claim in its
/// own transaction, and then each delivery has its effect exactly once.
///
/// ```java
/// .on(CustomerCreated.class, (customers, context) -> {
///   try (Connection connection = dataSource.getConnection()) {
///     connection.setAutoCommit(false);
///     insertAll(connection, customers);
///     store.completeIn(connection, context.claim());
///     connection.commit();
///   }
/// })
/// ```
public final class JdbcIdempotencyStore implements IdempotencyStore {

  /// How long a handled delivery is remembered unless chosen otherwise. Longer than a delivery can
  /// be redelivered with the default retention of the service.
  public static final Duration DEFAULT_RETENTION = ClaimTable.DEFAULT_RETENTION;

  private static final String TABLE = "poolbrain_webhook";
  private static final String DDL =
      """
      create table poolbrain_webhook (
        id varchar(36) not null primary key,
        token varchar(36) not null,
        completed smallint not null,
        until_ms bigint not null);
      create index poolbrain_webhook_until on poolbrain_webhook (until_ms)\
      """;
  private static final String CLAIM =
      """
      {insert} poolbrain_webhook (id, token, completed, until_ms)
      values (?, ?, 0, {now} + ?) {/insert}\
      """;
  private static final String TAKE_OVER =
      """
      update poolbrain_webhook set token = ?, completed = 0, until_ms = {now} + ?
      where id = ? and until_ms <= {now}\
      """;
  private static final String FIND = "select completed from poolbrain_webhook where id = ?";
  private static final String RELEASE =
      "delete from poolbrain_webhook where id = ? and token = ? and completed = 0";
  private static final ClaimTable.Statements STATEMENTS =
      new ClaimTable.Statements(
          """
          update poolbrain_webhook set completed = 1, until_ms = {now} + ?
          where id = ? and token = ?\
          """,
          "select 1 from poolbrain_webhook where id = ? and token = ? and completed = 1",
          "select id from poolbrain_webhook where until_ms < {now} - 86400000 limit 500",
          "delete from poolbrain_webhook where id = ? and until_ms < {now}");

  /// Between a failed insert and the look-up the other claim may be released.
  private static final int MAX_ROUNDS = 10;

  private final ClaimTable table;
  private final Sql sql;

  private JdbcIdempotencyStore(ClaimTable table) {
    this.table = table;
    this.sql = table.sql();
  }

  /// The store in a database. Creates the table `poolbrain_webhook` unless it exists.
  ///
  /// @param dataSource source of connections of its own: a claim must be committed before the
  ///   handler begins, so it must not hand out the connection of a running transaction
  /// @throws JdbcStoreException if the table can't be created; the message has its definition
  public static JdbcIdempotencyStore of(DataSource dataSource) {
    return new JdbcIdempotencyStore(ClaimTable.create(dataSource, TABLE, DDL, STATEMENTS));
  }

  /// This store with another time for which handled deliveries are remembered.
  public JdbcIdempotencyStore withRetention(Duration newRetention) {
    return new JdbcIdempotencyStore(table.withRetention(newRetention));
  }

  @Override
  public ClaimResult claim(UUID id, Duration lease) {
    table.beforeAddition();
    var claim = new Claim(id, UUID.randomUUID());
    return sql.run(connection -> claim(connection, claim, lease));
  }

  private ClaimResult claim(Connection connection, Claim claim, Duration lease)
      throws SQLException {
    String id = claim.id().toString();
    String token = claim.token().toString();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (sql.insert(connection, CLAIM, id, token, lease.toMillis())
          || sql.update(connection, TAKE_OVER, token, lease.toMillis(), id) > 0) {
        return claim;
      }
      List<Integer> completed = sql.query(connection, FIND, row -> row.getInt(1), id);
      if (!completed.isEmpty()) {
        return completed.get(0) == 1 ? new ClaimResult.Completed() : new ClaimResult.InProgress();
      }
    }
    return new ClaimResult.InProgress();
  }

  @Override
  public boolean complete(Claim claim) {
    return table.complete(claim);
  }

  /// Completes a claim in the transaction of a handler: it is completed if the transaction is
  /// committed. Call it as the last statement before the commit.
  ///
  /// @param connection connection of the transaction, to the same database
  /// @throws ClaimLostException if another process has claimed the delivery since; roll back then
  public void completeIn(Connection connection, Claim claim) throws SQLException {
    table.completeIn(connection, claim);
  }

  @Override
  public void release(Claim claim) {
    sql.run(connection ->
        sql.update(connection, RELEASE, claim.id().toString(), claim.token().toString()));
  }

  /// Deletes rows whose time ended a day ago. The store does this by itself now and then.
  ///
  /// @return how many rows were deleted, at most 500
  public int forgetOutdated() {
    return table.forgetOutdated();
  }
}
