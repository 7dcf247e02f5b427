package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The edge of the API: what was thrown becomes an answer.
final class ExceptionMapper {

  private static final Logger LOG = LoggerFactory.getLogger(ExceptionMapper.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private ExceptionMapper() {}

  /// @param method of the request that was answered so
  /// @param path of it
  static Response toResponse(Throwable thrown, String method, String path) {
    String requestLine = method + " " + path;
    return switch (thrown) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          toResponse(wrapped.getCause(), method, path);
      case ProblemException problemException -> Response.of(problemException.problem());
      case LedgerException ledgerFailure ->
          Response.of(toProblem(ledgerFailure, requestLine, isReadMethod(method)));
      default -> {
        String faultId = UUID.randomUUID().toString();
        LOG.error("{} answered 500; the caller was told fault {}", requestLine, faultId, thrown);
        yield Response.of(
            Problem.of(
                ProblemType.INTERNAL,
                "This is a fault of the service, not of the request. Tell support: fault "
                    + faultId
                    + "."));
      }
    };
  }

  private static boolean isReadMethod(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static Problem toProblem(
      LedgerException ledgerFailure, String requestLine, boolean isRead) {
    return switch (ledgerFailure) {
      case LedgerException.TimedOut timedOut -> {
        LOG.warn("{} answered 503, it took too long: {}", requestLine, timedOut.getMessage());
        yield Problem.unavailable(
            isRead
                ? "The database took too long for this; ask for less, by narrower filters or a"
                    + " smaller limit."
                : "The database took too long for this; nothing was changed.",
            RETRY_AFTER);
      }
      case LedgerException.Unavailable unavailable -> {
        LOG.warn(
            "{} answered 503, the caller may repeat it: {}", requestLine, unavailable.getMessage());
        yield Problem.unavailable(
            "The database can't do this now"
                + (isRead ? "; ask again." : "; nothing was changed. Repeat it."),
            RETRY_AFTER);
      }
      case LedgerException.CommitUnknown commitUnknown -> {
        LOG.warn(
            "{} answered 503, it may have been done: {}", requestLine, commitUnknown.getMessage());
        yield Problem.unavailable(
            "The database did not confirm this in time, so it may have been done, or be done soon;"
                + " look before you repeat it.",
            RETRY_AFTER);
      }
      case LedgerException.Rejected rejected -> {
        String faultId = UUID.randomUUID().toString();
        LOG.error("{} answered 422; the caller was told fault {}", requestLine, faultId, rejected);
        yield Problem.of(
            ProblemType.INVALID,
            "The database does not accept something in this request, and nothing was changed."
                + " Repeating it won't help. Tell support: fault "
                + faultId
                + ".");
      }
    };
  }
}
