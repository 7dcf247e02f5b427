package com.poolbrain.webhooks.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop: takes them, watches that none is held by somebody who sends
/// nothing or a byte at a time, and begins an [Exchange] for each request.
final class Listener extends VerticleBase {

  private static final long SWEEP_MILLIS = 1_000;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

  /// What is known of a connection.
  private static final class Guest {
    private long since = System.nanoTime();
    private @Nullable Exchange exchange;
  }

  private final Shared shared;
  private final HttpServerOptions options;
  private final SocketAddress place;
  private final AtomicInteger connections;
  private final Map<HttpConnection, Guest> guests = new HashMap<>();
  private @Nullable HttpServer server;

  Listener(
      Shared shared, HttpServerOptions options, SocketAddress place, AtomicInteger connections) {
    this.shared = shared;
    this.options = options;
    this.place = place;
    this.connections = connections;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
    HttpServer created =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::welcome)
            .requestHandler(this::begin)
            .invalidRequestHandler(Listener::refuse);
    server = created;
    return created.listen(place);
  }

  @Override
  public Future<?> stop() {
    guests.forEach((connection, guest) -> {
      if (guest.exchange == null) {
        connection.close();
      }
    });
    return server == null ? Future.succeededFuture() : server.shutdown(LAST_ANSWERS);
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private void welcome(HttpConnection connection) {
    if (connections.incrementAndGet() > shared.limits().connections()) {
      connections.decrementAndGet();
      connection.close();
      return;
    }
    guests.put(connection, new Guest());
    connection.closeHandler(_ -> {
      guests.remove(connection);
      connections.decrementAndGet();
    });
  }

  private void begin(HttpServerRequest request) {
    Guest guest = guests.get(request.connection());
    if (guest == null) {
      request.connection().close();
      return;
    }
    var exchange = new Exchange(shared, request, new Loop(context), over -> finish(guest, over));
    guest.exchange = exchange;
    guest.since = System.nanoTime();
    exchange.begin();
  }

  private static void finish(Guest guest, Exchange exchange) {
    if (guest.exchange == exchange) {
      guest.exchange = null;
      guest.since = System.nanoTime();
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    for (var entry : List.copyOf(guests.entrySet())) {
      Guest guest = entry.getValue();
      Duration age = Duration.ofNanos(now - guest.since);
      if (guest.exchange == null) {
        if (age.compareTo(shared.limits().idle()) > 0) {
          entry.getKey().close();
        }
      } else if (!guest.exchange.hasArrived() && age.compareTo(shared.limits().toArrive()) > 0) {
        guest.exchange.tooSlow();
      }
    }
  }

  /// What is not even HTTP, or too long a line or header of it.
  private static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem =
        switch (cause) {
          case TooLongHttpLineException _ ->
              Problem.of(
                  ProblemType.URI_TOO_LONG,
                  "A request line has at most %d bytes.".formatted(HttpLimits.REQUEST_LINE));
          case TooLongHttpHeaderException _ ->
              Problem.of(
                  ProblemType.HEADERS_TOO_LARGE,
                  "All headers together have at most %d bytes.".formatted(HttpLimits.HEADERS));
          case null, default ->
              Problem.of(ProblemType.BAD_REQUEST, "This is not a valid HTTP/1.1 request.");
        };
    ResponseWriter.write(request, Response.of(problem), true)
        .onComplete(_ -> request.connection().close());
  }
}
