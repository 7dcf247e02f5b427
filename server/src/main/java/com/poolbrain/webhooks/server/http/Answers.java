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

  static Response of(Throwable thrown, String asked) {
    return switch (thrown) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause(), asked);
      case Refusal refusal -> Response.of(refusal.problem());
      case LedgerException.Away away -> {
        LOG.warn("{} answered 503, the caller may repeat it: {}", asked, away.getMessage());
        yield Response.of(
            Problem.unavailable("The store can't be reached now; nothing was stored.", SOON));
      }
      case LedgerException.InDoubt doubt -> {
        LOG.warn("{} answered 503, it may have been stored: {}", asked, doubt.getMessage());
        yield Response.of(
            Problem.unavailable(
                "It may have been stored; repeat it with the same idempotency key.", SOON));
      }
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
}
