package com.poolbrain.webhooks.consumer.jdbc;

import com.poolbrain.webhooks.consumer.Claim;
import com.poolbrain.webhooks.consumer.ClaimResult;
import com.poolbrain.webhooks.consumer.IdempotencyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
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
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(100);

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
  private static final String COMPLETE =
      """
      update poolbrain_webhook set completed = 1, until_ms = {now} + ?
      where id = ? and token = ?\
      """;
  private static final String FIND_COMPLETED =
      "select 1 from poolbrain_webhook where id = ? and token = ? and completed = 1";
  private static final String RELEASE =
      "delete from poolbrain_webhook where id = ? and token = ? and completed = 0";
  private static final String FIND_OUTDATED =
      "select id from poolbrain_webhook where until_ms < {now} - 86400000 limit 500";
  private static final String FORGET =
      "delete from poolbrain_webhook where id = ? and until_ms < {now}";

  /// Between a failed insert and the look-up the other claim may be released.
  private static final int MAX_ROUNDS = 10;

  /// Every so many claims outdated rows are deleted.
  private static final int CLEANUP_INTERVAL = 1000;

  private final Sql sql;
  private final Duration retention;
  private final AtomicLong claims = new AtomicLong();

  private JdbcIdempotencyStore(Sql sql, Duration retention) {
    this.sql = sql;
    this.retention = retention;
  }

  /// The store in a database. Creates the table `poolbrain_webhook` unless it exists.
  ///
  /// @param dataSource source of connections of its own: a claim must be committed before the
  ///   handler begins, so it must not hand out the connection of a running transaction
  /// @throws JdbcStoreException if the table can't be created; the message has its definition
  public static JdbcIdempotencyStore of(DataSource dataSource) {
    var sql = new Sql(dataSource);
    sql.createTable(TABLE, DDL);
    return new JdbcIdempotencyStore(sql, DEFAULT_RETENTION);
  }

  /// This store with another time for which handled deliveries are remembered.
  public JdbcIdempotencyStore withRetention(Duration newRetention) {
    return new JdbcIdempotencyStore(sql, newRetention);
  }

  @Override
  public ClaimResult claim(UUID id, Duration lease) {
    if (claims.incrementAndGet() % CLEANUP_INTERVAL == 0) {
      forgetOutdated();
    }
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
    return sql.run(connection -> complete(connection, claim));
  }

  /// Completes a claim in the transaction of a handler: it is completed if the transaction is
  /// committed. Call it as the last statement before the commit.
  ///
  /// @param connection connection of the transaction, to the same database
  /// @throws ClaimLostException if another process has claimed the delivery since; roll back then
  public void completeIn(Connection connection, Claim claim) throws SQLException {
    if (!complete(connection, claim)) {
      throw new ClaimLostException(
          "The delivery " + claim.id() + " took longer than its lease and was taken over.");
    }
  }

  private boolean complete(Connection connection, Claim claim) throws SQLException {
    String id = claim.id().toString();
    String token = claim.token().toString();
    // Some drivers count a row that had these values already as unchanged.
    return sql.update(connection, COMPLETE, retention.toMillis(), id, token) > 0
        || !sql.query(connection, FIND_COMPLETED, row -> true, id, token).isEmpty();
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
    return sql.run(connection -> {
      int forgotten = 0;
      for (String id : sql.query(connection, FIND_OUTDATED, row -> row.getString(1))) {
        forgotten += sql.update(connection, FORGET, id);
      }
      return forgotten;
    });
  }
}
