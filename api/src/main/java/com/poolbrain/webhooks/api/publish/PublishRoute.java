package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.api.publish.ParseResult.Invalid;
import com.poolbrain.webhooks.api.publish.ParseResult.Parsed;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.intake.PublishResult.Accepted;
import com.poolbrain.webhooks.engine.intake.PublishResult.Conflict;
import com.poolbrain.webhooks.engine.intake.PublishResult.Rejected;
import com.poolbrain.webhooks.engine.intake.PublishResult.Rejection;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
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

/// The route that publishes events. It answers when the events are durable.
public final class PublishRoute {

  private static final Logger LOG = LoggerFactory.getLogger(PublishRoute.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final PublishRequestParser parser;
  private final Function<PublishRequest, CompletableFuture<PublishResult>> intake;

  /// @param intake makes the events of a request durable
  public PublishRoute(
      PublishRequestParser parser,
      Function<PublishRequest, CompletableFuture<PublishResult>> intake) {
    this.parser = parser;
    this.intake = intake;
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.asyncPost(
            "/api/v1/events", OperationAccess.to(Operation.PUBLISH_EVENTS), this::publish));
  }

  private CompletionStage<Response> publish(Request request, Executor eventLoop) {
    Principal principal = ApiRequests.key(request);
    return switch (parser.parse(request.body(), principal, request.header("Idempotency-Key"))) {
      case Invalid(Problem problem) -> CompletableFuture.completedFuture(Response.of(problem));
      case Parsed parsed ->
          intake
              .apply(parsed.publishRequest())
              .exceptionallyCompose(PublishRoute::mapFailure)
              .thenApplyAsync(publishResult -> toResponse(publishResult, parsed), eventLoop);
    };
  }

  /// Turns a failure of the database into 503 that says what a repeat of the request does.
  private static CompletionStage<PublishResult> mapFailure(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof LedgerException.Unavailable)
        && !(cause instanceof LedgerException.CommitUnknown)) {
      return CompletableFuture.failedStage(failure);
    }
    LOG.warn(
        "A publish answered 503{}: {}",
        cause instanceof LedgerException.CommitUnknown ? ", it may have been stored" : "",
        cause.getMessage());
    return CompletableFuture.failedStage(
        new ProblemException(
            Problem.unavailable(
                cause instanceof LedgerException.Unavailable
                    ? "The database is unavailable; nothing was stored. Repeat it."
                    : "It may have been stored; repeat with the same idempotency key.",
                RETRY_AFTER)));
  }

  private static Response toResponse(PublishResult publishResult, Parsed parsed) {
    return switch (publishResult) {
      case Accepted(var receipts) -> Response.json(202, ReceiptWriter.write(receipts));
      case Rejected(var reasons) ->
          Response.of(
              Problem.invalid(
                  reasons.stream().map(reason -> toFieldError(reason, parsed)).toList()));
      case Conflict(int eventIndex) -> Response.of(toConflict(eventIndex, parsed));
    };
  }

  private static FieldError toFieldError(Rejection rejection, Parsed parsed) {
    int eventIndex = rejection.eventIndex();
    return switch (rejection.reason()) {
      case UNKNOWN_COMPANY ->
          FieldError.atPointer(
              parsed.pointer(eventIndex, "/company_id"),
              EventParser.unknownCompanyMessage(
                  parsed.publishRequest().events().get(Math.max(eventIndex, 0)).companyId()));
      case TOO_MANY_DELIVERIES ->
          FieldError.atPointer(
              parsed.pointer(eventIndex, ""),
              "This would make more than %d deliveries; send several requests."
                  .formatted(Limits.MAX_REQUEST_DELIVERIES));
    };
  }

  private static Problem toConflict(int eventIndex, Parsed parsed) {
    String detail =
        "This idempotency key was used for other content within the last 24 hours;"
            + " use a new key for new content.";
    return eventIndex < 0
        ? Problem.conflict(detail)
        : new Problem(
            ProblemType.CONFLICT,
            detail,
            List.of(FieldError.atPointer(parsed.pointer(eventIndex, "/idempotency_key"), detail)),
            Map.of());
  }
}
