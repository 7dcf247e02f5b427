package com.poolbrain.webhooks.consumer.jdbc;

import com.poolbrain.webhooks.consumer.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/// A table of deliveries. A row is claimed with a token until its lease ends, completed with the
/// same token, and deleted when its retention ended. What else its rows have is up to the caller.
final class ClaimTable {

  /// How long completed deliveries are remembered unless chosen otherwise. Longer than a delivery
  /// can be redelivered with the default retention of the service.
  static final Duration DEFAULT_RETENTION = Duration.ofDays(100);

  /// Every so many new rows outdated ones are deleted.
  private static final int CLEANUP_INTERVAL = 1000;

  /// The statements of a table.
  ///
  /// @param complete completes a row; takes the retention in milliseconds, the id and the token
  /// @param findCompleted finds a completed row by its id and token
  /// @param findOutdated finds the ids of some rows whose retention ended
  /// @param forget deletes one of these by its id, if its retention still ended
  record Statements(String complete, String findCompleted, String findOutdated, String forget) {}

  private final Sql sql;
  private final Statements statements;
  private final Duration retention;
  private final AtomicLong additions = new AtomicLong();

  private ClaimTable(Sql sql, Statements statements, Duration retention) {
    this.sql = sql;
    this.statements = statements;
    this.retention = retention;
  }

  /// Creates a table unless it exists.
  ///
  /// @throws JdbcStoreException if it can't be created; the message has its definition
  static ClaimTable create(DataSource dataSource, String table, String ddl, Statements statements) {
    var sql = new Sql(dataSource);
    sql.createTable(table, ddl);
    return new ClaimTable(sql, statements, DEFAULT_RETENTION);
  }

  ClaimTable withRetention(Duration newRetention) {
    return new ClaimTable(sql, statements, newRetention);
  }

  Sql sql() {
    return sql;
  }

  /// Called before a row is added. Deletes outdated rows now and then.
  void beforeAddition() {
    if (additions.incrementAndGet() % CLEANUP_INTERVAL == 0) {
      forgetOutdated();
    }
  }

  boolean complete(Claim claim) {
    return sql.run(connection -> complete(connection, claim));
  }

  void completeIn(Connection connection, Claim claim) throws SQLException {
    if (!complete(connection, claim)) {
      throw new ClaimLostException(
          "The delivery " + claim.id() + " took longer than its lease and was taken over.");
    }
  }

  private boolean complete(Connection connection, Claim claim) throws SQLException {
    String id = claim.id().toString();
    String token = claim.token().toString();
    // Some drivers count a row that had these values already as unchanged.
    return sql.update(connection, statements.complete(), retention.toMillis(), id, token) > 0
        || !sql.query(connection, statements.findCompleted(), row -> true, id, token).isEmpty();
  }

  int forgetOutdated() {
    return sql.run(connection -> {
      int forgotten = 0;
      for (String id : sql.query(connection, statements.findOutdated(), row -> row.getString(1))) {
        forgotten += sql.update(connection, statements.forget(), id);
      }
      return forgotten;
    });
  }
}
