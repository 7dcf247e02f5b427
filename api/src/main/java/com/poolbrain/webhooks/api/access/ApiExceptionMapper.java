package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.events.ValidationError;
import com.poolbrain.webhooks.http.ExceptionMapper;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.management.ManagementException;
import com.poolbrain.webhooks.management.ManagementException.InvalidInput;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.ManagementException.NotPermitted;
import com.poolbrain.webhooks.management.ManagementException.StaleVersion;
import com.poolbrain.webhooks.management.ManagementException.TooManyRequests;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maps failures of use cases and of the database to problems.
public final class ApiExceptionMapper implements ExceptionMapper {

  private static final Logger LOG = LoggerFactory.getLogger(ApiExceptionMapper.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /// When it is worth to repeat what takes seconds.
  private static final Duration REPEAT_AFTER = Duration.ofSeconds(10);

  @Override
  public @Nullable Problem toProblem(Throwable thrown, String requestLine, boolean isRead) {
    return switch (thrown) {
      case ManagementException failure -> toProblem(failure);
      case LedgerException failure -> toProblem(failure, requestLine, isRead);
      default -> null;
    };
  }

  static Problem toProblem(ManagementException failure) {
    String detail = String.valueOf(failure.getMessage());
    return switch (failure) {
      case NotPermitted _ -> Problem.of(ProblemType.FORBIDDEN, detail);
      case NotFound _ -> Problem.notFound(detail);
      case StaleVersion stale -> Problem.preconditionFailed(detail, fieldErrors(stale.changes()));
      case TooManyRequests _ -> Problem.tooManyRequests(detail, REPEAT_AFTER);
      case InvalidInput invalid -> Problem.invalid(fieldErrors(invalid.errors()));
    };
  }

  private static List<FieldError> fieldErrors(List<ValidationError> errors) {
    return errors.stream()
        .map(error -> FieldError.atPointer(error.pointer(), error.detail()))
        .toList();
  }

  private static Problem toProblem(LedgerException failure, String requestLine, boolean isRead) {
    return switch (failure) {
      case LedgerException.TimedOut timedOut -> {
        LOG.warn(
            "{} answered 503, the database was too slow: {}", requestLine, timedOut.getMessage());
        yield Problem.unavailable(
            isRead
                ? "The database took too long for this; ask for less, by narrower filters or a"
                    + " smaller limit."
                : "The database took too long for this; nothing was changed.",
            RETRY_AFTER);
      }
      case LedgerException.Unavailable unavailable -> {
        LOG.warn(
            "{} answered 503, the database is unavailable: {}",
            requestLine,
            unavailable.getMessage());
        yield Problem.unavailable(
            "The database is unavailable"
                + (isRead ? "; ask again." : "; nothing was changed. Repeat it."),
            RETRY_AFTER);
      }
      case LedgerException.CommitUnknown unknown -> {
        LOG.warn(
            "{} answered 503, the commit may have succeeded: {}",
            requestLine,
            unknown.getMessage());
        yield Problem.unavailable(
            "The database did not confirm this in time. It may have been done, or be done soon;"
                + " check before you repeat it.",
            RETRY_AFTER);
      }
      case LedgerException.Rejected rejected -> {
        String faultId = UUID.randomUUID().toString();
        LOG.error("{} answered 422, reported as fault {}", requestLine, faultId, rejected);
        yield Problem.of(
            ProblemType.INVALID,
            "The database rejects a value of this request, and nothing was changed. Repeating it"
                + " does not help. Quote fault %s to support.".formatted(faultId));
      }
    };
  }
}
