package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.engine.LedgerException;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/// Notices rows that were refused because their day has no partition, and has the day made.
final class MissingDays {

  /// The key of the row, whatever the language of the words around it.
  private static final Pattern KEY =
      Pattern.compile("= \\((?:([0-9a-f]{8}-[0-9a-f-]{27})|(\\d{4}-\\d\\d-\\d\\d))\\)");

  private volatile Maker maker = _ -> true;

  /// Whoever makes days.
  @FunctionalInterface
  interface Maker {
    /// Makes a day soon, in another thread.
    ///
    /// @param day null if it is not known which one
    /// @return whether that day is one to be made
    boolean make(@Nullable LocalDate day);
  }

  void madeBy(Maker upkeep) {
    maker = upkeep;
  }

  /// Has the day made that a failure is about.
  ///
  /// @return what to throw instead; null if the failure is another one
  LedgerException.@Nullable Away notice(Throwable failure) {
    ServerErrorMessage refusal = refusal(failure);
    return refusal != null && maker.make(day(refusal))
        ? new LedgerException.Away(
            "the day has no partition, until the upkeep makes it: " + failure.getMessage(), failure)
        : null;
  }

  /// What the server says if it found no partition: that is the one failed check that has no
  /// constraint.
  private static @Nullable ServerErrorMessage refusal(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof PSQLException refused
          && PSQLState.CHECK_VIOLATION.getState().equals(refused.getSQLState())) {
        ServerErrorMessage message = refused.getServerErrorMessage();
        return message != null && message.getConstraint() == null ? message : null;
      }
    }
    return null;
  }

  private static @Nullable LocalDate day(ServerErrorMessage refusal) {
    String detail = refusal.getDetail();
    Matcher key = KEY.matcher(detail == null ? "" : detail);
    if (!key.find()) {
      return null;
    }
    String id = key.group(1);
    return id == null ? LocalDate.parse(key.group(2)) : PartitionedTable.dayOf(UUID.fromString(id));
  }
}
