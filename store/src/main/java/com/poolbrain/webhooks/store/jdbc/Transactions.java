package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Runs callbacks on connections of one pool, and translates every failure into a
/// [LedgerException].
///
/// ```java
/// int released = transactions.inTransaction(connection -> {
///   markDead(connection);
///   return releaseOwned(connection);
/// });
/// ```
///
/// After a deadlock or a serialization failure the callback runs a second time. So it must have no
/// effects outside the database.
public final class Transactions {

  private final DataSource dataSource;
  private final MissingPartitionDetector missingPartitionDetector;

  Transactions(DataSource dataSource, MissingPartitionDetector missingPartitionDetector) {
    this.dataSource = dataSource;
    this.missingPartitionDetector = missingPartitionDetector;
  }

  /// Works on a connection, which it neither commits nor closes.
  @FunctionalInterface
  public interface ConnectionCallback<T extends @Nullable Object> {
    T execute(Connection connection) throws SQLException;
  }

  /// Runs a callback in one transaction, READ COMMITTED.
  public <T extends @Nullable Object> T inTransaction(ConnectionCallback<T> callback) {
    return retryOnce(() -> runInTransaction(callback));
  }

  /// Runs a callback that executes one writing statement, in autocommit mode.
  public <T extends @Nullable Object> T autoCommit(ConnectionCallback<T> callback) {
    return retryOnce(() -> runAutoCommit(callback, SqlErrorTranslator.Phase.COMMITTING));
  }

  /// Runs a callback that only reads, in autocommit mode: each statement sees its own snapshot.
  public <T extends @Nullable Object> T read(ConnectionCallback<T> callback) {
    return retryOnce(() -> runAutoCommit(callback, SqlErrorTranslator.Phase.BEFORE_COMMIT));
  }

  private static <T extends @Nullable Object> T retryOnce(Supplier<T> call) {
    try {
      return call.get();
    } catch (LedgerException e) {
      if (!SqlErrorTranslator.isRetryable(e)) {
        throw e;
      }
      return call.get();
    }
  }

  private <T extends @Nullable Object> T runInTransaction(ConnectionCallback<T> callback) {
    SqlErrorTranslator.Phase phase = SqlErrorTranslator.Phase.BEFORE_COMMIT;
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      T result = callback.execute(connection);
      phase = SqlErrorTranslator.Phase.COMMITTING;
      connection.commit();
      return result;
    } catch (SQLException | JdbiException e) {
      throw translate(e, phase);
    }
  }

  private <T extends @Nullable Object> T runAutoCommit(
      ConnectionCallback<T> callback, SqlErrorTranslator.Phase phase) {
    try (Connection connection = connect()) {
      return callback.execute(connection);
    } catch (SQLException | JdbiException e) {
      throw translate(e, phase);
    }
  }

  private RuntimeException translate(Exception failure, SqlErrorTranslator.Phase phase) {
    LedgerException.Unavailable missingPartition = missingPartitionDetector.detect(failure);
    return missingPartition == null
        ? SqlErrorTranslator.translate(failure, phase)
        : missingPartition;
  }

  private Connection connect() {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw SqlErrorTranslator.connectFailure(e);
    }
  }
}
