package com.poolbrain.webhooks.server.publish;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.Acceptance.Accepted;
import com.poolbrain.webhooks.engine.Acceptance.Conflict;
import com.poolbrain.webhooks.engine.Acceptance.Rejected;
import com.poolbrain.webhooks.engine.Acceptance.Rejection;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.server.http.Caller;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Problem.Fault;
import com.poolbrain.webhooks.server.http.ProblemType;
import com.poolbrain.webhooks.server.http.Refusal;
import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.server.publish.Reading.Read;
import com.poolbrain.webhooks.server.publish.Reading.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The route that events come in by. Answers when they are durable.
public final class Publishing {

  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final PublishReader reader;
  private final Function<Submission, CompletableFuture<Acceptance>> engine;

  /// @param engine makes submissions durable
  public Publishing(
      PublishReader reader, Function<Submission, CompletableFuture<Acceptance>> engine) {
    this.reader = reader;
    this.engine = engine;
  }

  /// The route itself.
  public List<Route> routes() {
    return List.of(
        Route.promptPost("/api/v1/events", Scope.PUBLISH, this::publish).openToBoundKeys());
  }

  private CompletionStage<Response> publish(Request request, Executor loop) {
    Caller caller = request.caller();
    var publisher =
        new Publisher(caller.keyId(), caller.companyId(), request.header("Idempotency-Key"));
    return switch (reader.read(request.body(), publisher)) {
      case Refused(Problem problem) -> CompletableFuture.completedFuture(Response.of(problem));
      case Read read ->
          engine
              .apply(read.submission())
              .exceptionallyCompose(Publishing::unanswered)
              .thenApplyAsync(acceptance -> answer(acceptance, read), loop);
    };
  }

  /// A publisher is told what a repeat does: with its key, never harm.
  private static CompletionStage<Acceptance> unanswered(Throwable why) {
    Throwable cause = why instanceof CompletionException ? why.getCause() : why;
    if (!(cause instanceof LedgerException.Away) && !(cause instanceof LedgerException.InDoubt)) {
      return CompletableFuture.failedStage(why);
    }
    LOG.warn("A publish answered 503: {}", cause.getMessage());
    return CompletableFuture.failedStage(
        new Refusal(
            Problem.unavailable(
                cause instanceof LedgerException.Away
                    ? "The database can't take this now; nothing was stored. Repeat it."
                    : "It may have been stored; repeat it with the same idempotency key.",
                SOON)));
  }

  private static Response answer(Acceptance acceptance, Read read) {
    return switch (acceptance) {
      case Accepted(var receipts) -> Response.json(202, ReceiptWriter.write(receipts));
      case Rejected(var reasons) ->
          Response.of(
              Problem.invalid(reasons.stream().map(reason -> fault(reason, read)).toList()));
      case Conflict(int part) -> Response.of(conflict(part, read));
    };
  }

  private static Fault fault(Rejection rejection, Read read) {
    int part = rejection.part();
    return switch (rejection.why()) {
      case UNKNOWN_COMPANY ->
          Fault.at(
              read.pointer(part, "/company_id"),
              PartReader.unknownCompany(
                  read.submission().parts().get(Math.max(part, 0)).companyId()));
      case TOO_MANY_DELIVERIES ->
          Fault.at(
              read.pointer(part, ""),
              "This would make more than %d deliveries; send several requests."
                  .formatted(Limits.REQUEST_DELIVERIES));
    };
  }

  private static Problem conflict(int part, Read read) {
    String detail =
        "This idempotency key was used for other content within the last 24 hours;"
            + " use a new key for new content.";
    return part < 0
        ? Problem.conflict(detail)
        : new Problem(
            ProblemType.CONFLICT,
            detail,
            List.of(Fault.at(read.pointer(part, "/idempotency_key"), detail)),
            Map.of());
  }
}
