package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.Route.RouteHandler.Async;
import com.poolbrain.webhooks.http.Route.RouteHandler.Blocking;
import com.poolbrain.webhooks.http.Router.Match.Found;
import com.poolbrain.webhooks.http.Router.Match.MethodNotAllowed;
import com.poolbrain.webhooks.http.Router.Match.NotFound;
import com.poolbrain.webhooks.management.Principal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request and its answer, on the event loop of its connection: let in or refused by its head,
/// then read, then answered. A refused request is read to its end all the same, and thrown away,
/// because most clients look for an answer only then.
final class RequestExchange {

  private final ServerContext serverContext;
  private final HttpServerRequest request;
  private final EventLoopExecutor eventLoop;
  private final Consumer<RequestExchange> onFinished;
  private @Nullable Found found;
  private Principal principal = Principal.ANONYMOUS;
  private @Nullable Buffer body;
  private long read;
  private long reservedBytes;
  private @Nullable Response rejection;
  private boolean onBodyComplete;
  private boolean isAnswered;

  RequestExchange(
      ServerContext serverContext,
      HttpServerRequest request,
      EventLoopExecutor eventLoop,
      Consumer<RequestExchange> onFinished) {
    this.serverContext = serverContext;
    this.request = request;
    this.eventLoop = eventLoop;
    this.onFinished = onFinished;
  }

  void start() {
    request.exceptionHandler(_ -> finish());
    request.response().exceptionHandler(_ -> finish());
    request.response().closeHandler(_ -> finish());
    request.handler(this::read);
    request.endHandler(_ -> onBodyComplete());
    switch (serverContext.router().match(request.method().name(), path())) {
      case Found match -> {
        found = match;
        authorize(match.route());
      }
      case MethodNotAllowed(String allowedMethods) ->
          reject(
              new Problem(
                  ProblemType.METHOD_NOT_ALLOWED,
                  "%s is not possible here; %s is.".formatted(request.method(), allowedMethods),
                  List.of(),
                  Map.of("Allow", allowedMethods)));
      case NotFound(var suggestedPath) ->
          reject(
              Problem.notFound(
                  "There is nothing at this path."
                      + (suggestedPath == null
                          ? " See /docs."
                          : " Did you mean '" + suggestedPath + "'?")));
    }
  }

  /// Whether the request is read whole, so that time is no longer the caller's.
  boolean isBodyComplete() {
    return onBodyComplete;
  }

  /// The body took too long.
  void onBodyTimeout() {
    respond(
        Response.of(
            Problem.of(ProblemType.TIMEOUT, "The body did not arrive in time; send it faster.")),
        true);
  }

  private void authorize(Route route) {
    if (route.scope() == null) {
      acceptBody();
      return;
    }
    String authorization = authorization();
    String key = Authorizer.extractApiKey(authorization);
    if (key == null) {
      reject(Authorizer.unauthorizedProblem(authorization));
      return;
    }
    Principal cachedPrincipal = serverContext.apiKeyCache().findCached(key);
    if (cachedPrincipal != null) {
      authorize(cachedPrincipal);
      return;
    }
    request.pause();
    serverContext
        .executor()
        .execute(() -> {
          Runnable continuation = authenticate(key, authorization);
          eventLoop.execute(() -> {
            continuation.run();
            request.resume();
          });
        });
  }

  private @Nullable String authorization() {
    List<String> values = request.headers().getAll("Authorization");
    return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : "";
  }

  private Runnable authenticate(String key, @Nullable String authorization) {
    try {
      Principal authenticated = serverContext.apiKeyCache().find(key);
      return authenticated == null
          ? () -> reject(Authorizer.unauthorizedProblem(authorization))
          : () -> authorize(authenticated);
    } catch (RuntimeException | Error thrown) {
      Response failure = toErrorResponse(thrown);
      return () -> reject(failure);
    }
  }

  private void authorize(Principal authenticated) {
    principal = authenticated;
    Found match = Objects.requireNonNull(found);
    Problem problem = Authorizer.checkAccess(match.route(), match.pathVariables(), authenticated);
    if (problem != null) {
      reject(problem);
    } else {
      acceptBody();
    }
  }

  private void acceptBody() {
    String contentLength = request.getHeader("Content-Length");
    boolean hasNoBody =
        (contentLength == null || contentLength.equals("0"))
            && request.getHeader("Transfer-Encoding") == null;
    if (hasNoBody) {
      return;
    }
    Problem problem =
        Authorizer.checkBodyHeaders(
            request.getHeader("Content-Type"), request.getHeader("Content-Encoding"));
    if (problem != null) {
      reject(problem);
    } else if (contentLength != null
        && (contentLength.length() > 10
            || Long.parseLong(contentLength) > serverContext.limits().maxBodyBytes())) {
      reject(bodyTooLargeProblem());
    } else if (expectsContinue()) {
      request.response().writeContinue();
    }
  }

  private boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  private Problem bodyTooLargeProblem() {
    return Problem.of(
        ProblemType.TOO_LARGE,
        "A body has at most %d bytes; send several requests."
            .formatted(serverContext.limits().maxBodyBytes()));
  }

  private void read(Buffer chunk) {
    read += chunk.length();
    if (rejection != null) {
      if (read > HttpLimits.MAX_DISCARDED) {
        respond(rejection, true);
      }
    } else if (read > serverContext.limits().maxBodyBytes()) {
      reject(bodyTooLargeProblem());
    } else if (!serverContext.bodyBudget().tryAcquire(chunk.length())) {
      reject(
          Problem.unavailable(
              "Too much is being published at this moment.", Duration.ofSeconds(1)));
    } else {
      reservedBytes += chunk.length();
      body = body == null ? chunk : body.appendBuffer(chunk);
    }
  }

  private void reject(Problem problem) {
    reject(Response.of(problem));
  }

  private void reject(Response response) {
    rejection = response;
    release();
    if (onBodyComplete || expectsContinue()) {
      respond(response, expectsContinue());
    }
  }

  private void onBodyComplete() {
    onBodyComplete = true;
    if (rejection != null) {
      respond(rejection, false);
      return;
    }
    Found match = Objects.requireNonNull(found);
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    body = null;
    var received =
        new Request(
            principal,
            match.pathVariables(),
            request.query() == null ? "" : request.query(),
            request::getHeader,
            bytes);
    switch (match.route().handler()) {
      case Blocking(Handler handler) ->
          serverContext.executor().execute(() -> handleBlocking(handler, received));
      case Async(AsyncHandler handler) when bytes.length <= HttpLimits.MAX_EVENT_LOOP_BODY_BYTES ->
          handleAsync(handler, received);
      case Async(AsyncHandler handler) ->
          serverContext.executor().execute(() -> handleAsync(handler, received));
    }
  }

  private void handleBlocking(Handler handler, Request received) {
    Response response;
    try {
      response = handler.handle(received);
    } catch (InterruptedException _) {
      response =
          Response.of(Problem.unavailable("The service is stopping.", Duration.ofSeconds(5)));
    } catch (RuntimeException | Error thrown) {
      response = toErrorResponse(thrown);
    }
    send(response);
  }

  private void handleAsync(AsyncHandler handler, Request received) {
    CompletionStage<Response> stage;
    try {
      stage = handler.handle(received, eventLoop);
    } catch (RuntimeException | Error thrown) {
      send(toErrorResponse(thrown));
      return;
    }
    stage.whenComplete(
        (response, thrown) -> send(thrown == null ? response : toErrorResponse(thrown)));
  }

  private Response toErrorResponse(Throwable thrown) {
    return ExceptionMapper.toResponse(thrown, request.method().name(), path());
  }

  private String path() {
    String path = request.path();
    return path == null ? "" : path;
  }

  private void send(Response response) {
    if (eventLoop.isCurrentThread()) {
      respond(response, false);
    } else {
      eventLoop.execute(() -> respond(response, false));
    }
  }

  private void respond(Response response, boolean closeConnection) {
    if (isAnswered || request.response().ended() || request.response().closed()) {
      finish();
      return;
    }
    isAnswered = true;
    boolean close = closeConnection || serverContext.closing().get();
    Future<Void> sent = ResponseWriter.write(request, response, close);
    sent.onComplete(_ -> {
      finish();
      if (closeConnection) {
        request.connection().close();
      }
    });
  }

  private void release() {
    serverContext.bodyBudget().release(reservedBytes);
    reservedBytes = 0;
    body = null;
  }

  private void finish() {
    release();
    onFinished.accept(this);
  }
}
