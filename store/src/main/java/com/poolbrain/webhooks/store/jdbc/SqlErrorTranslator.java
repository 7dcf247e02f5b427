package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.PasswordMask;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Translates failures of database calls into the [LedgerException] that says what was stored.
final class SqlErrorTranslator {

  static final String READ_ONLY_TRANSACTION = "25006";

  private static final String UNKNOWN_STATE = "";
  private static final String DEADLOCK_DETECTED = "40P01";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String STATEMENT_TIMEOUT = "57014";

  private static final Set<String> SESSION_TIMEOUTS = Set.of("25P03", "25P04");

  private SqlErrorTranslator() {}

  /// When a call failed, relative to its commit.
  enum Phase {
    /// Nothing was stored: it failed while connecting, reading, or inside a transaction.
    BEFORE_COMMIT,
    /// It may have been stored: it failed during the commit, or in an autocommit statement.
    COMMITTING
  }

  /// Whether a retry may succeed at once, because the call conflicted with another transaction.
  static boolean isRetryable(Throwable failure) {
    String sqlState = sqlState(failure);
    return DEADLOCK_DETECTED.equals(sqlState) || SERIALIZATION_FAILURE.equals(sqlState);
  }

  /// The exception to throw for a failure. Failures that the database did not cause are unchanged.
  static RuntimeException translate(Exception thrown, Phase phase) {
    Throwable failure = thrown;
    if (thrown instanceof JdbiException jdbi) {
      failure = unwrapJdbi(jdbi); // its message has the arguments of the statement
      if (!(failure instanceof SQLException)) {
        return jdbi;
      }
    }
    String sqlState = sqlState(failure);
    if (phase == Phase.COMMITTING && isConnectionLost(sqlState)) {
      return new LedgerException.CommitUnknown(
          "the connection was lost before the database answered: " + failure.getMessage(), failure);
    }
    if (sqlState.equals(STATEMENT_TIMEOUT)) {
      return new LedgerException.TimedOut(
          "the database exceeded the statement timeout: " + failure.getMessage(), failure);
    }
    if (isTransient(sqlState)) {
      return new LedgerException.Unavailable(
          "the database is unavailable: " + failure.getMessage(), failure);
    }
    return new LedgerException.Rejected(
        "the database rejected the statement: " + failure.getMessage(), failure);
  }

  /// The pool gives up after a few seconds. The cause is then why no connection could be made.
  static LedgerException connectFailure(SQLException failure) {
    Throwable reason = failure.getCause() == null ? failure : failure.getCause();
    return new LedgerException.Unavailable(
        "the database is unreachable: "
            + PasswordMask.hidePasswords(String.valueOf(reason.getMessage())),
        failure);
  }

  /// An exception without a state is treated as a lost connection, the worst case.
  private static boolean isConnectionLost(String sqlState) {
    return sqlState.equals(UNKNOWN_STATE)
        || sqlState.startsWith("08")
        || sqlState.startsWith("57P");
  }

  /// Lost connection (08), disk full or too many connections (53), shutdown or timeout (57), I/O
  /// error (58), conflict with another transaction (40, locks), session timeouts, read-only
  /// replica.
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
