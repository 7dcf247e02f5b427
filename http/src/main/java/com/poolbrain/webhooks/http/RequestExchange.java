package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.Authorizer.Authentication.Decided;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Known;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Pending;
import com.poolbrain.webhooks.http.Authorizer.Authentication.Rejected;
import com.poolbrain.webhooks.http.RequestBody.Ending;
import com.poolbrain.webhooks.http.Router.Match.Found;
import com.poolbrain.webhooks.http.Router.Match.MethodNotAllowed;
import com.poolbrain.webhooks.http.Router.Match.NotFound;
import com.poolbrain.webhooks.http.input.ClientAddress;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.http.stream.BodyStream;
import com.poolbrain.webhooks.http.stream.ResponseStream;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request and its response, on the event loop of its connection. The head is authorized first,
/// then the body is read, then the handler runs.
final class RequestExchange implements RequestBody.Listener {

  /// The sender of all requests without credentials.
  private static final String ANONYMOUS = "anonymous";

  private final ServerContext serverContext;
  private final HttpServerRequest request;

  /// Null if the connection was lost already. Later it can't be asked for any more.
  private final @Nullable SocketAddress peer;

  private final EventLoopExecutor eventLoop;
  private final Consumer<RequestExchange> onFinished;
  private final RequestBody body;
  private @Nullable Found found;
  private @Nullable Identity identity;
  private @Nullable ResponseStream responseStream;
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
    this.body = new RequestBody(serverContext, request, eventLoop, this);
  }

  void start() {
    request.exceptionHandler(this::onReadFailure);
    request.response().exceptionHandler(_ -> finish());
    request.response().closeHandler(_ -> finish());
    body.start();
    Problem unframed = RequestHead.checkFraming(request);
    Problem invalid = unframed == null ? RequestHead.check(request) : null;
    if (unframed != null) {
      body.rejectUnframed(unframed);
    } else if (invalid != null) {
      reject(invalid);
    } else {
      route();
    }
  }

  /// The connection was lost, or the body is not as its head says.
  private void onReadFailure(Throwable cause) {
    if (cause instanceof IOException || cause instanceof HttpClosedException) {
      finish();
    } else {
      body.rejectUnframed(
          Problem.of(ProblemType.BAD_REQUEST, "The chunks of the body are not valid HTTP/1.1."));
    }
  }

  private void route() {
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

  /// Answers the request if its body is not complete in time.
  void endIfStalled(long nowNanos) {
    body.endIfStalled(nowNanos);
  }

  private void reject(Problem problem) {
    body.reject(Response.of(problem));
  }

  private void authorize(HttpRoute route) {
    Access access = route.access();
    if (access == null) {
      body.accept(ANONYMOUS, route.bodyFormat());
      return;
    }
    var credentials =
        new Credentials(
            request.headers()::getAll,
            Objects.requireNonNull(found).pathVariables(),
            this::clientAddress);
    switch (serverContext.authorizer().authenticate(access, credentials)) {
      case Decided decided -> authorize(decided, access);
      case Pending(var lookUp) -> {
        request.pause();
        serverContext.executor().execute(() -> eventLoop.execute(authenticate(lookUp, access)));
      }
    }
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
      return () -> body.reject(failure);
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
      body.accept(authenticated.sender(), match.route().bodyFormat());
    }
  }

  /// Runs the handler where it holds up no other sender. A large body occupies a processor for a
  /// while, so an async handler, which parses it, runs in turns with those of other senders.
  @Override
  public void onBody(byte[] bytes) {
    Found match = Objects.requireNonNull(found);
    String sender = identity == null ? ANONYMOUS : identity.sender();
    var received =
        new Request(
            identity,
            this::clientAddress,
            request.method().name(),
            match.pathVariables(),
            request.query() == null ? "" : request.query(),
            name -> request.headers().getAll(name),
            bytes,
            new BodyParsing(serverContext.largeBodies(), sender));
    switch (match.route().handler()) {
      case Handler.Blocking handler ->
          serverContext.blockingHandlers().execute(sender, () -> handleBlocking(handler, received));
      case Handler.Async handler when bytes.length <= HttpLimits.MAX_EVENT_LOOP_BODY_BYTES ->
          handleAsync(handler, received);
      case Handler.Async handler ->
          serverContext.largeBodies().execute(sender, () -> handleAsync(handler, received));
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
      respond(response, Ending.KEEP);
    } else {
      eventLoop.execute(() -> respond(response, Ending.KEEP));
    }
  }

  @Override
  public void onRejected(Response response, Ending ending) {
    respond(response, ending);
  }

  @Override
  public void onDiscarded() {
    finish();
    request.connection().close();
  }

  private void respond(Response response, Ending ending) {
    BodyStream stream = response.stream();
    if (isAnswered || request.response().ended() || request.response().closed()) {
      if (stream != null) {
        stream.close();
      }
      finish();
      return;
    }
    isAnswered = true;
    boolean isLast = ending != Ending.KEEP || serverContext.closing().get();
    if (stream != null) {
      respond(response, stream, isLast);
      return;
    }
    ResponseWriter.write(request, rendered(response), isLast)
        .onComplete(_ -> {
          if (ending != Ending.CLOSE_AFTER_BODY) {
            finish();
          }
          if (ending == Ending.CLOSE) {
            request.connection().close();
          }
        });
  }

  private void respond(Response response, BodyStream stream, boolean isLast) {
    if (request.method().name().equals("HEAD")) {
      stream.close();
      ResponseWriter.write(request, response, isLast).onComplete(_ -> finish());
      return;
    }
    ResponseWriter.writeStreamHead(request, response, isLast);
    var sending =
        new ResponseStream(
            request.response(),
            stream,
            eventLoop,
            serverContext.limits().bodyTimeout(),
            this::finish,
            () -> request.connection().close());
    responseStream = sending;
    serverContext.executor().execute(sending::send);
  }

  /// Cuts a body that is made while it is sent, because the service is stopping.
  void cutStream() {
    if (responseStream != null) {
      responseStream.close();
      request.connection().close();
    }
  }

  private Response rendered(Response response) {
    Problem problem = response.problem();
    return problem == null
        ? response
        : serverContext.problemRenderer().render(path(), acceptsHtml(), problem);
  }

  private boolean acceptsHtml() {
    return request.headers().getAll("Accept").stream()
        .anyMatch(accepted -> accepted.toLowerCase(Locale.ROOT).contains("text/html"));
  }

  private void finish() {
    body.release();
    if (responseStream != null) {
      responseStream.close();
    }
    onFinished.accept(this);
  }
}
