package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/// Recognizes errors of rows for whose day a partition is missing, and requests the partition.
public final class MissingPartitionDetector {

  /// The partition key of the rejected row, in an error message of any language.
  private static final Pattern REJECTED_ROW_KEY =
      Pattern.compile("= \\((?:([0-9a-f]{8}-[0-9a-f-]{27})|(\\d{4}-\\d\\d-\\d\\d))\\)");

  private volatile PartitionCreator partitionCreator = _ -> true;

  /// Creates partitions on request.
  @FunctionalInterface
  public interface PartitionCreator {
    /// Requests the partitions of a day, which another thread creates soon.
    ///
    /// @param day null if the error does not say which day it is
    /// @return false if partitions of that day are never created
    boolean requestDay(@Nullable LocalDate day);
  }

  void setCreator(PartitionCreator creator) {
    partitionCreator = creator;
  }

  /// Requests the missing partition, if that is the cause of a failure.
  ///
  /// @return the exception to throw instead; null if the failure has another cause
  LedgerException.@Nullable Unavailable detect(Throwable failure) {
    ServerErrorMessage serverError = findMissingPartitionError(failure);
    return serverError != null && partitionCreator.requestDay(parseDay(serverError))
        ? new LedgerException.Unavailable(
            "the database has no partition for this day; partition maintenance creates it: "
                + failure.getMessage(),
            failure)
        : null;
  }

  /// A missing partition is the only check violation without the name of a constraint.
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
    Matcher matcher = REJECTED_ROW_KEY.matcher(detail == null ? "" : detail);
    if (!matcher.find()) {
      return null;
    }
    String id = matcher.group(1);
    return id == null
        ? LocalDate.parse(matcher.group(2))
        : LocalDate.ofInstant(UuidV7.instantOf(UUID.fromString(id)), ZoneOffset.UTC);
  }
}
