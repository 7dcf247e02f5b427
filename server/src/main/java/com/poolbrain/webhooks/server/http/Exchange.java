package com.poolbrain.webhooks.server.http;

import com.poolbrain.webhooks.server.http.Route.Work.Blocking;
import com.poolbrain.webhooks.server.http.Route.Work.Prompt;
import com.poolbrain.webhooks.server.http.Router.Match.Found;
import com.poolbrain.webhooks.server.http.Router.Match.Nothing;
import com.poolbrain.webhooks.server.http.Router.Match.OtherMethods;
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
final class Exchange {

  private final Shared shared;
  private final HttpServerRequest request;
  private final Loop loop;
  private final Consumer<Exchange> whenOver;
  private @Nullable Found found;
  private Caller caller = Caller.NOBODY;
  private @Nullable Buffer body;
  private long read;
  private long held;
  private @Nullable Response refusal;
  private boolean arrived;
  private boolean answered;

  Exchange(Shared shared, HttpServerRequest request, Loop loop, Consumer<Exchange> whenOver) {
    this.shared = shared;
    this.request = request;
    this.loop = loop;
    this.whenOver = whenOver;
  }

  void begin() {
    request.exceptionHandler(_ -> over());
    request.response().exceptionHandler(_ -> over());
    request.response().closeHandler(_ -> over());
    request.handler(this::read);
    request.endHandler(_ -> arrived());
    switch (shared.router().match(request.method().name(), path())) {
      case Found there -> {
        found = there;
        letIn(there.route());
      }
      case OtherMethods(String allowed) ->
          refuse(
              new Problem(
                  ProblemType.METHOD_NOT_ALLOWED,
                  "%s is not possible here; %s is.".formatted(request.method(), allowed),
                  List.of(),
                  Map.of("Allow", allowed)));
      case Nothing(var meant) ->
          refuse(
              Problem.notFound(
                  "There is nothing at this path."
                      + (meant == null ? " See /docs." : " Did you mean '" + meant + "'?")));
    }
  }

  /// Whether the request is read whole, so that time is no longer the caller's.
  boolean hasArrived() {
    return arrived;
  }

  /// The body took too long.
  void tooSlow() {
    answer(
        Response.of(
            Problem.of(ProblemType.TIMEOUT, "The body did not arrive in time; send it faster.")),
        true);
  }

  private void letIn(Route route) {
    if (route.scope() == null) {
      bodyNext();
      return;
    }
    String authorization = authorization();
    String key = Door.key(authorization);
    if (key == null) {
      refuse(Door.unauthorized(authorization));
      return;
    }
    Caller known = shared.keys().cached(key);
    if (known != null) {
      letIn(known);
      return;
    }
    request.pause();
    shared
        .executor()
        .execute(() -> {
          Runnable next = lookUp(key, authorization);
          loop.execute(() -> {
            next.run();
            request.resume();
          });
        });
  }

  private @Nullable String authorization() {
    List<String> all = request.headers().getAll("Authorization");
    return all.isEmpty() ? null : all.size() == 1 ? all.getFirst() : "";
  }

  private Runnable lookUp(String key, @Nullable String authorization) {
    try {
      Caller holder = shared.keys().find(key);
      return holder == null ? () -> refuse(Door.unauthorized(authorization)) : () -> letIn(holder);
    } catch (RuntimeException | Error thrown) {
      Response failure = failure(thrown);
      return () -> refuse(failure);
    }
  }

  private void letIn(Caller holder) {
    caller = holder;
    Found there = Objects.requireNonNull(found);
    Problem problem = Door.refuse(there.route(), there.variables(), holder);
    if (problem != null) {
      refuse(problem);
    } else {
      bodyNext();
    }
  }

  private void bodyNext() {
    String length = request.getHeader("Content-Length");
    boolean none =
        (length == null || length.equals("0")) && request.getHeader("Transfer-Encoding") == null;
    if (none) {
      return;
    }
    Problem problem =
        Door.refuseBody(request.getHeader("Content-Type"), request.getHeader("Content-Encoding"));
    if (problem != null) {
      refuse(problem);
    } else if (length != null
        && (length.length() > 10 || Long.parseLong(length) > shared.limits().body())) {
      refuse(tooLarge());
    } else if (expectsContinue()) {
      request.response().writeContinue();
    }
  }

  private boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  private Problem tooLarge() {
    return Problem.of(
        ProblemType.TOO_LARGE,
        "A body has at most %d bytes; send several requests.".formatted(shared.limits().body()));
  }

  private void read(Buffer chunk) {
    read += chunk.length();
    if (refusal != null) {
      if (read > HttpLimits.THROWN_AWAY) {
        answer(refusal, true);
      }
    } else if (read > shared.limits().body()) {
      refuse(tooLarge());
    } else if (!shared.budget().take(chunk.length())) {
      refuse(
          Problem.unavailable(
              "Too much is being published at this moment.", Duration.ofSeconds(1)));
    } else {
      held += chunk.length();
      body = body == null ? chunk : body.appendBuffer(chunk);
    }
  }

  private void refuse(Problem problem) {
    refuse(Response.of(problem));
  }

  private void refuse(Response response) {
    refusal = response;
    release();
    if (arrived || expectsContinue()) {
      answer(response, expectsContinue());
    }
  }

  private void arrived() {
    arrived = true;
    if (refusal != null) {
      answer(refusal, false);
      return;
    }
    Found there = Objects.requireNonNull(found);
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    body = null;
    var asked =
        new Request(
            caller,
            there.variables(),
            request.query() == null ? "" : request.query(),
            request::getHeader,
            bytes);
    switch (there.route().work()) {
      case Blocking(Handler handler) -> shared.executor().execute(() -> handle(handler, asked));
      case Prompt(PromptHandler handler) when bytes.length <= HttpLimits.PROMPT_BODY ->
          handlePromptly(handler, asked);
      case Prompt(PromptHandler handler) ->
          shared.executor().execute(() -> handlePromptly(handler, asked));
    }
  }

  private void handle(Handler handler, Request asked) {
    Response response;
    try {
      response = handler.handle(asked);
    } catch (InterruptedException _) {
      response =
          Response.of(Problem.unavailable("The service is stopping.", Duration.ofSeconds(5)));
    } catch (RuntimeException | Error thrown) {
      response = failure(thrown);
    }
    send(response);
  }

  private void handlePromptly(PromptHandler handler, Request asked) {
    CompletionStage<Response> stage;
    try {
      stage = handler.handle(asked, loop);
    } catch (RuntimeException | Error thrown) {
      send(failure(thrown));
      return;
    }
    stage.whenComplete((response, thrown) -> send(thrown == null ? response : failure(thrown)));
  }

  private Response failure(Throwable thrown) {
    return Answers.of(thrown, request.method().name(), path());
  }

  private String path() {
    String path = request.path();
    return path == null ? "" : path;
  }

  private void send(Response response) {
    if (loop.isHere()) {
      answer(response, false);
    } else {
      loop.execute(() -> answer(response, false));
    }
  }

  private void answer(Response response, boolean thenClose) {
    if (answered || request.response().ended() || request.response().closed()) {
      over();
      return;
    }
    answered = true;
    boolean close = thenClose || shared.closing().get();
    Future<Void> sent = ResponseWriter.write(request, response, close);
    sent.onComplete(_ -> {
      over();
      if (thenClose) {
        request.connection().close();
      }
    });
  }

  private void release() {
    shared.budget().give(held);
    held = 0;
    body = null;
  }

  private void over() {
    release();
    whenOver.accept(this);
  }
}
