package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.Authorizer.Authentication.Decided;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Known;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Pending;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Rejected;
import com.poolbrain.webhooks.http.Router.Match.Found;
import com.poolbrain.webhooks.http.Router.Match.MethodNotAllowed;
import com.poolbrain.webhooks.http.Router.Match.NotFound;
import com.poolbrain.webhooks.http.input.ClientAddress;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request and its response, on the event loop of its connection. The head is authorized first,
/// then the body is read, then the handler runs. The body of a rejected request is read to its end
/// and discarded, because most clients look for a response only after that.
final class RequestExchange {

  private final ServerContext serverContext;
  private final HttpServerRequest request;

  /// Null if the connection was lost already. Later it can't be asked for any more.
  private final @Nullable SocketAddress peer;

  private final EventLoopExecutor eventLoop;
  private final Consumer<RequestExchange> onFinished;
  private final BodyBuffer body;
  private @Nullable Found found;
  private @Nullable Identity identity;
  private long bytesRead;
  private @Nullable Response rejection;
  private boolean bodyComplete;
  private boolean isAnswered;

  RequestExchange(
      ServerContext serverContext,
      HttpServerRequest request,
      EventLoopExecutor eventLoop,
      Consumer<RequestExchange> onFinished) {
    this.serverContext = serverContext;
    this.request = request;
    this.peer = request.remoteAddress();
    this.eventLoop = eventLoop;
    this.onFinished = onFinished;
    this.body = new BodyBuffer(serverContext.bodyBudget());
  }

  void start() {
    request.exceptionHandler(_ -> finish());
    request.response().exceptionHandler(_ -> finish());
    request.response().closeHandler(_ -> finish());
    request.handler(this::onChunk);
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
                  "%s is not possible here; use %s.".formatted(request.method(), allowedMethods),
                  List.of(),
                  Map.of("Allow", allowedMethods)));
      case NotFound(var suggestedPath) ->
          reject(
              Problem.notFound(
                  "There is no such path."
                      + (suggestedPath == null
                          ? " See /docs."
                          : " Did you mean '" + suggestedPath + "'?")));
    }
  }

  /// Whether the body has arrived.
  boolean isBodyComplete() {
    return bodyComplete;
  }

  /// Answers a request whose body took too long.
  void onBodyTimeout() {
    respond(
        Response.of(
            Problem.of(ProblemType.TIMEOUT, "The body did not arrive in time; send it faster.")),
        true);
  }

  private void authorize(HttpRoute route) {
    Access access = route.access();
    if (access == null) {
      acceptBody();
      return;
    }
    switch (serverContext.authorizer().authenticate(authorization(), this::clientAddress)) {
      case Decided decided -> authorize(decided, access);
      case Pending(var lookUp) -> {
        request.pause();
        serverContext
            .executor()
            .execute(() -> {
              Runnable continuation = authenticate(lookUp, access);
              eventLoop.execute(() -> {
                continuation.run();
                request.resume();
              });
            });
      }
    }
  }

  private @Nullable String authorization() {
    List<String> values = request.headers().getAll("Authorization");
    return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : "";
  }

  private InetAddress clientAddress() {
    return ClientAddress.find(
        peer == null ? null : peer.hostAddress(),
        request.headers().getAll("X-Forwarded-For"),
        serverContext.trustedProxies());
  }

  private Runnable authenticate(Supplier<Decided> lookUp, Access access) {
    try {
      Decided decided = lookUp.get();
      return () -> authorize(decided, access);
    } catch (RuntimeException | Error thrown) {
      Response failure = toErrorResponse(thrown);
      return () -> reject(failure);
    }
  }

  private void authorize(Decided decided, Access access) {
    switch (decided) {
      case Known(var authenticated) -> authorize(authenticated, access);
      case Rejected(var problem) -> reject(problem);
    }
  }

  private void authorize(Identity authenticated, Access access) {
    identity = authenticated;
    Found match = Objects.requireNonNull(found);
    Problem problem =
        serverContext.authorizer().check(authenticated, access, match.pathVariables());
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
        BodyHeaders.check(request.getHeader("Content-Type"), request.getHeader("Content-Encoding"));
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

  private void onChunk(Buffer chunk) {
    bytesRead += chunk.length();
    if (rejection != null) {
      if (bytesRead > HttpLimits.MAX_DISCARDED) {
        respond(rejection, true);
      }
    } else if (bytesRead > serverContext.limits().maxBodyBytes()) {
      reject(bodyTooLargeProblem());
    } else if (!body.tryAppend(chunk)) {
      reject(
          Problem.unavailable(
              "Too many request bytes are in memory; repeat it later.", Duration.ofSeconds(1)));
    }
  }

  private void reject(Problem problem) {
    reject(Response.of(problem));
  }

  private void reject(Response response) {
    rejection = response;
    body.release();
    if (bodyComplete || expectsContinue()) {
      respond(response, expectsContinue());
    }
  }

  private void onBodyComplete() {
    bodyComplete = true;
    if (rejection != null) {
      respond(rejection, false);
      return;
    }
    Found match = Objects.requireNonNull(found);
    byte[] bytes = body.take();
    var received =
        new Request(
            identity,
            this::clientAddress,
            match.pathVariables(),
            request.query() == null ? "" : request.query(),
            request::getHeader,
            bytes);
    switch (match.route().handler()) {
      case Handler.Blocking handler ->
          serverContext.executor().execute(() -> handleBlocking(handler, received));
      case Handler.Async handler when bytes.length <= HttpLimits.MAX_EVENT_LOOP_BODY_BYTES ->
          handleAsync(handler, received);
      case Handler.Async handler ->
          serverContext.executor().execute(() -> handleAsync(handler, received));
    }
  }

  private void handleBlocking(Handler.Blocking handler, Request received) {
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

  private void handleAsync(Handler.Async handler, Request received) {
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
    return serverContext.errorResponses().toResponse(thrown, request.method().name(), path());
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

  private void finish() {
    body.release();
    onFinished.accept(this);
  }
}
