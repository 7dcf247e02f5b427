package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.engine.LedgerException;
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

  private final DataSource connections;
  private final MissingDays missingDays;

  Transactions(DataSource connections, MissingDays missingDays) {
    this.connections = connections;
    this.missingDays = missingDays;
  }

  /// Something to do on a connection, which it neither commits nor closes.
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /// Runs work in one transaction, READ COMMITTED.
  public <T extends @Nullable Object> T inTransaction(Work<T> work) {
    return repeated(() -> transaction(work));
  }

  /// Runs work that is one writing statement, which commits by itself.
  public <T extends @Nullable Object> T single(Work<T> work) {
    return repeated(() -> bare(work, Failures.Moment.COMMITTING));
  }

  /// Runs work that only reads, each statement seeing what is committed then.
  public <T extends @Nullable Object> T read(Work<T> work) {
    return repeated(() -> bare(work, Failures.Moment.BEFORE_COMMIT));
  }

  private interface Call<T extends @Nullable Object> {
    T run();
  }

  private static <T extends @Nullable Object> T repeated(Call<T> call) {
    try {
      return call.run();
    } catch (LedgerException e) {
      if (!Failures.worthRepeating(e)) {
        throw e;
      }
      return call.run();
    }
  }

  private <T extends @Nullable Object> T transaction(Work<T> work) {
    Failures.Moment moment = Failures.Moment.BEFORE_COMMIT;
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      moment = Failures.Moment.COMMITTING;
      connection.commit();
      return result;
    } catch (SQLException | JdbiException e) {
      throw failure(e, moment);
    }
  }

  private <T extends @Nullable Object> T bare(Work<T> work, Failures.Moment moment) {
    try (Connection connection = connect()) {
      return work.on(connection);
    } catch (SQLException | JdbiException e) {
      throw failure(e, moment);
    }
  }

  private RuntimeException failure(Exception failure, Failures.Moment moment) {
    LedgerException.Away untilDayIsMade = missingDays.notice(failure);
    return untilDayIsMade == null ? Failures.of(failure, moment) : untilDayIsMade;
  }

  private Connection connect() {
    try {
      return connections.getConnection();
    } catch (SQLException e) {
      throw Failures.notConnected(e);
    }
  }
}
