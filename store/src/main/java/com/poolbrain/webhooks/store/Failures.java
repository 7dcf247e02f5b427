package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.engine.LedgerException;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// What the failure of a database call says about what was stored.
final class Failures {

  static final String READ_ONLY = "25006";

  private static final String UNKNOWN = "";
  private static final String DEADLOCK = "40P01";
  private static final String SERIALIZATION = "40001";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String STATEMENT_TIMEOUT = "57014";

  private static final Set<String> ENDED_FOR_TIME = Set.of("25P03", "25P04");

  private Failures() {}

  /// When a call failed.
  enum Moment {
    /// Before anything could be stored: while connecting, reading, or inside a transaction.
    BEFORE_COMMIT,
    /// While it was being stored: during the commit, or in a statement that commits by itself.
    COMMITTING
  }

  /// Whether the same work may succeed at once, because another transaction was in its way.
  static boolean worthRepeating(Throwable failure) {
    String state = state(failure);
    return DEADLOCK.equals(state) || SERIALIZATION.equals(state);
  }

  /// What to throw instead of a failure that the database caused; other failures stay as they are.
  static RuntimeException of(Exception failure, Moment moment) {
    if (failure instanceof JdbiException jdbi && !(cause(jdbi) instanceof SQLException)) {
      return jdbi;
    }
    String state = state(failure);
    if (moment == Moment.COMMITTING && connectionLost(state)) {
      return new LedgerException.InDoubt(
          "the connection was lost while storing: " + failure.getMessage(), failure);
    }
    if (state.equals(STATEMENT_TIMEOUT)) {
      return new LedgerException.TooSlow(
          "the database took too long: " + failure.getMessage(), failure);
    }
    if (passing(state)) {
      return new LedgerException.Away(
          "the database can't do this now: " + failure.getMessage(), failure);
    }
    return new LedgerException.Refused(
        "the database refused this: " + failure.getMessage(), failure);
  }

  static LedgerException notConnected(SQLException failure) {
    return new LedgerException.Away(
        "the database can't be reached: " + failure.getMessage(), failure);
  }

  /// Without a state the driver doesn't know either, which is taken for the worst.
  private static boolean connectionLost(String state) {
    return state.equals(UNKNOWN) || state.startsWith("08") || state.startsWith("57P");
  }

  /// Lost connections (08), disk or connections used up (53), shutdowns and timeouts (57), failing
  /// disks (58), conflicts with others (40, locks), transactions that idled or lasted too long.
  private static boolean passing(String state) {
    return connectionLost(state)
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("58")
        || state.startsWith("40")
        || ENDED_FOR_TIME.contains(state)
        || state.equals(LOCK_NOT_AVAILABLE)
        || state.equals(READ_ONLY);
  }

  private static @Nullable Throwable cause(JdbiException failure) {
    Throwable t = failure;
    while (t instanceof JdbiException) {
      t = t.getCause();
    }
    return t;
  }

  private static String state(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return UNKNOWN;
  }
}
