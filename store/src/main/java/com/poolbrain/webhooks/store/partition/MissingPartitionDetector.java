package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/// Notices rows that were refused because their day has no partition, and has the day made.
public final class MissingPartitionDetector {

  /// The key of the row, whatever the language of the words around it.
  private static final Pattern FAILED_ROW_KEY =
      Pattern.compile("= \\((?:([0-9a-f]{8}-[0-9a-f-]{27})|(\\d{4}-\\d\\d-\\d\\d))\\)");

  private volatile PartitionCreator partitionCreator = _ -> true;

  /// Whoever makes days.
  @FunctionalInterface
  interface PartitionCreator {
    /// Makes a day soon, in another thread.
    ///
    /// @param day null if it is not known which one
    /// @return whether that day is one to be made
    boolean requestDay(@Nullable LocalDate day);
  }

  void setCreator(PartitionCreator creator) {
    partitionCreator = creator;
  }

  /// Has the day made that a failure is about.
  ///
  /// @return what to throw instead; null if the failure is another one
  public LedgerException.@Nullable Unavailable detect(Throwable failure) {
    ServerErrorMessage serverError = findMissingPartitionError(failure);
    return serverError != null && partitionCreator.requestDay(parseDay(serverError))
        ? new LedgerException.Unavailable(
            "the day has no partition, until the upkeep makes it: " + failure.getMessage(), failure)
        : null;
  }

  /// What the server says if it found no partition: that is the one failed check that has no
  /// constraint.
  private static @Nullable ServerErrorMessage findMissingPartitionError(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof PSQLException psqlException
          && PSQLState.CHECK_VIOLATION.getState().equals(psqlException.getSQLState())) {
        ServerErrorMessage message = psqlException.getServerErrorMessage();
        return message != null && message.getConstraint() == null ? message : null;
      }
    }
    return null;
  }

  private static @Nullable LocalDate parseDay(ServerErrorMessage serverError) {
    String detail = serverError.getDetail();
    Matcher matcher = FAILED_ROW_KEY.matcher(detail == null ? "" : detail);
    if (!matcher.find()) {
      return null;
    }
    String id = matcher.group(1);
    return id == null
        ? LocalDate.parse(matcher.group(2))
        : PartitionedTable.dayOf(UUID.fromString(id));
  }
}
