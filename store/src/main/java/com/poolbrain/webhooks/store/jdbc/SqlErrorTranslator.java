package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// What the failure of a database call says about what was stored.
final class SqlErrorTranslator {

  static final String READ_ONLY_TRANSACTION = "25006";

  private static final String UNKNOWN_STATE = "";
  private static final String DEADLOCK_DETECTED = "40P01";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String STATEMENT_TIMEOUT = "57014";

  private static final Set<String> SESSION_TIMEOUTS = Set.of("25P03", "25P04");

  private SqlErrorTranslator() {}

  /// When a call failed.
  enum Phase {
    /// Before anything could be stored: while connecting, reading, or inside a transaction.
    BEFORE_COMMIT,
    /// While it was being stored: during the commit, or in a statement that commits by itself.
    COMMITTING
  }

  /// Whether the same work may succeed at once, because another transaction was in its way.
  static boolean isRetryable(Throwable failure) {
    String sqlState = sqlState(failure);
    return DEADLOCK_DETECTED.equals(sqlState) || SERIALIZATION_FAILURE.equals(sqlState);
  }

  /// What to throw instead of a failure that the database caused; other failures stay as they are.
  static RuntimeException translate(Exception failure, Phase phase) {
    if (failure instanceof JdbiException jdbi && !(unwrapJdbi(jdbi) instanceof SQLException)) {
      return jdbi;
    }
    String sqlState = sqlState(failure);
    if (phase == Phase.COMMITTING && isConnectionLost(sqlState)) {
      return new LedgerException.CommitUnknown(
          "the connection was lost while storing: " + failure.getMessage(), failure);
    }
    if (sqlState.equals(STATEMENT_TIMEOUT)) {
      return new LedgerException.TimedOut(
          "the database took too long: " + failure.getMessage(), failure);
    }
    if (isTransient(sqlState)) {
      return new LedgerException.Unavailable(
          "the database can't do this now: " + failure.getMessage(), failure);
    }
    return new LedgerException.Rejected(
        "the database refused this: " + failure.getMessage(), failure);
  }

  static LedgerException connectFailure(SQLException failure) {
    return new LedgerException.Unavailable(
        "the database can't be reached: " + failure.getMessage(), failure);
  }

  /// Without a state the driver doesn't know either, which is taken for the worst.
  private static boolean isConnectionLost(String sqlState) {
    return sqlState.equals(UNKNOWN_STATE)
        || sqlState.startsWith("08")
        || sqlState.startsWith("57P");
  }

  /// Lost connections (08), disk or connections used up (53), shutdowns and timeouts (57), failing
  /// disks (58), conflicts with others (40, locks), transactions that idled or lasted too long.
  private static boolean isTransient(String sqlState) {
    return isConnectionLost(sqlState)
        || sqlState.startsWith("53")
        || sqlState.startsWith("57")
        || sqlState.startsWith("58")
        || sqlState.startsWith("40")
        || SESSION_TIMEOUTS.contains(sqlState)
        || sqlState.equals(LOCK_NOT_AVAILABLE)
        || sqlState.equals(READ_ONLY_TRANSACTION);
  }

  private static @Nullable Throwable unwrapJdbi(JdbiException failure) {
    Throwable t = failure;
    while (t instanceof JdbiException) {
      t = t.getCause();
    }
    return t;
  }

  private static String sqlState(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return UNKNOWN_STATE;
  }
}
