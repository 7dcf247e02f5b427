package com.poolbrain.webhooks.server.http;

import com.poolbrain.webhooks.engine.LedgerException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The edge of the API: what was thrown becomes an answer.
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final Duration SOON = Duration.ofSeconds(1);

  private Answers() {}

  /// @param method of the request that was answered so
  /// @param path of it
  static Response of(Throwable thrown, String method, String path) {
    String asked = method + " " + path;
    return switch (thrown) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause(), method, path);
      case Refusal refusal -> Response.of(refusal.problem());
      case LedgerException failure -> Response.of(problem(failure, asked, reads(method)));
      default -> {
        String id = UUID.randomUUID().toString();
        LOG.error("{} answered 500; the caller was told fault {}", asked, id, thrown);
        yield Response.of(
            Problem.of(
                ProblemType.INTERNAL,
                "This is a fault of the service, not of the request. Tell support: fault "
                    + id
                    + "."));
      }
    };
  }

  private static boolean reads(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static Problem problem(LedgerException failure, String asked, boolean reads) {
    return switch (failure) {
      case LedgerException.TooSlow slow -> {
        LOG.warn("{} answered 503, it took too long: {}", asked, slow.getMessage());
        yield Problem.unavailable(
            reads
                ? "The database took too long for this; ask for less, by narrower filters or a"
                    + " smaller limit."
                : "The database took too long for this; nothing was changed.",
            SOON);
      }
      case LedgerException.Away away -> {
        LOG.warn("{} answered 503, the caller may repeat it: {}", asked, away.getMessage());
        yield Problem.unavailable(
            "The database can't do this now"
                + (reads ? "; ask again." : "; nothing was changed. Repeat it."),
            SOON);
      }
      case LedgerException.InDoubt doubt -> {
        LOG.warn("{} answered 503, it may have been done: {}", asked, doubt.getMessage());
        yield Problem.unavailable(
            "The database did not confirm this in time, so it may have been done, or be done soon;"
                + " look before you repeat it.",
            SOON);
      }
      case LedgerException.Refused refused -> {
        String id = UUID.randomUUID().toString();
        LOG.error("{} answered 422; the caller was told fault {}", asked, id, refused);
        yield Problem.of(
            ProblemType.INVALID,
            "The database does not accept something in this request, and nothing was changed."
                + " Repeating it won't help. Tell support: fault "
                + id
                + ".");
      }
    };
  }
}
