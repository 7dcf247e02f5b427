package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.partition.MissingPartitionDetector;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The one way to the database: runs work on a connection and turns every failure into the
/// [LedgerException] that says what is known.
///
/// ```java
/// int freed = transactions.inTransaction(connection -> {
///   markDead(connection);
///   return free(connection);
/// });
/// ```
///
/// Work that met a deadlock or a serialization failure is run once more, so it must not change
/// anything but the database.
public final class Transactions {

  private final DataSource dataSource;
  private final MissingPartitionDetector missingPartitionDetector;

  Transactions(DataSource dataSource, MissingPartitionDetector missingPartitionDetector) {
    this.dataSource = dataSource;
    this.missingPartitionDetector = missingPartitionDetector;
  }

  /// Something to do on a connection, which it neither commits nor closes.
  @FunctionalInterface
  public interface ConnectionCallback<T extends @Nullable Object> {
    T execute(Connection connection) throws SQLException;
  }

  /// Runs work in one transaction, READ COMMITTED.
  public <T extends @Nullable Object> T inTransaction(ConnectionCallback<T> callback) {
    return retryOnce(() -> runInTransaction(callback));
  }

  /// Runs work that is one writing statement, which commits by itself.
  public <T extends @Nullable Object> T autoCommit(ConnectionCallback<T> callback) {
    return retryOnce(() -> runAutoCommit(callback, SqlErrorTranslator.Phase.COMMITTING));
  }

  /// Runs work that only reads, each statement seeing what is committed then.
  public <T extends @Nullable Object> T read(ConnectionCallback<T> callback) {
    return retryOnce(() -> runAutoCommit(callback, SqlErrorTranslator.Phase.BEFORE_COMMIT));
  }

  private interface Call<T extends @Nullable Object> {
    T run();
  }

  private static <T extends @Nullable Object> T retryOnce(Call<T> call) {
    try {
      return call.run();
    } catch (LedgerException e) {
      if (!SqlErrorTranslator.isRetryable(e)) {
        throw e;
      }
      return call.run();
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
