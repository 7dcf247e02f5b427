package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
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

/// Listens with one event loop: accepts connections, starts a [RequestExchange] for each request,
/// and closes connections that send nothing or too slowly.
final class HttpListener extends VerticleBase {

  private static final long SWEEP_INTERVAL_MILLIS = 1_000;
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(3);

  /// A connection. `sinceNanos` is the start of the time without a request.
  private static final class ConnectionState {
    private long sinceNanos = System.nanoTime();
    private @Nullable RequestExchange requestExchange;
  }

  private final ServerContext serverContext;
  private final HttpServerOptions options;
  private final SocketAddress address;
  private final AtomicInteger connectionCount;
  private final Map<HttpConnection, ConnectionState> connectionStates = new HashMap<>();
  private @Nullable HttpServer server;

  HttpListener(
      ServerContext serverContext,
      HttpServerOptions options,
      SocketAddress address,
      AtomicInteger connectionCount) {
    this.serverContext = serverContext;
    this.options = options;
    this.address = address;
    this.connectionCount = connectionCount;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP_INTERVAL_MILLIS, _ -> closeStalledConnections());
    HttpServer httpServer =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::onConnection)
            .requestHandler(this::onRequest)
            .invalidRequestHandler(HttpListener::rejectInvalidRequest);
    server = httpServer;
    return httpServer.listen(address);
  }

  @Override
  public Future<?> stop() {
    // A copy: a connection that is closed here is removed from the map.
    Map.copyOf(connectionStates)
        .forEach((connection, connectionState) -> {
          if (connectionState.requestExchange == null) {
            connection.close();
          } else {
            connectionState.requestExchange.cutStream();
          }
        });
    return server == null ? Future.succeededFuture() : server.shutdown(SHUTDOWN_TIMEOUT);
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  private void onConnection(HttpConnection connection) {
    if (connectionCount.incrementAndGet() > serverContext.limits().maxConnections()) {
      connectionCount.decrementAndGet();
      connection.close();
      return;
    }
    connectionStates.put(connection, new ConnectionState());
    connection.closeHandler(_ -> {
      connectionStates.remove(connection);
      connectionCount.decrementAndGet();
    });
  }

  private void onRequest(HttpServerRequest request) {
    ConnectionState connectionState = connectionStates.get(request.connection());
    if (connectionState == null) {
      request.connection().close();
      return;
    }
    var requestExchange =
        new RequestExchange(
            serverContext,
            request,
            new EventLoopExecutor(context),
            finished -> onExchangeFinished(connectionState, finished));
    connectionState.requestExchange = requestExchange;
    requestExchange.start();
  }

  private static void onExchangeFinished(
      ConnectionState connectionState, RequestExchange requestExchange) {
    if (connectionState.requestExchange == requestExchange) {
      connectionState.requestExchange = null;
      connectionState.sinceNanos = System.nanoTime();
    }
  }

  private void closeStalledConnections() {
    long now = System.nanoTime();
    for (var entry : List.copyOf(connectionStates.entrySet())) {
      ConnectionState connectionState = entry.getValue();
      if (connectionState.requestExchange != null) {
        connectionState.requestExchange.endIfStalled(now);
      } else if (Duration.ofNanos(now - connectionState.sinceNanos)
              .compareTo(serverContext.limits().idleTimeout())
          > 0) {
        entry.getKey().close();
      }
    }
  }

  /// Answers what is not HTTP, or has too long a request line or header.
  private static void rejectInvalidRequest(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem =
        switch (cause) {
          case TooLongHttpLineException _ ->
              Problem.of(
                  ProblemType.URI_TOO_LONG,
                  "A request line has at most %d bytes."
                      .formatted(HttpLimits.MAX_REQUEST_LINE_BYTES));
          case TooLongHttpHeaderException _ ->
              Problem.of(
                  ProblemType.HEADERS_TOO_LARGE,
                  "All headers together have at most %d bytes."
                      .formatted(HttpLimits.MAX_HEADER_BYTES));
          case null, default ->
              Problem.of(ProblemType.BAD_REQUEST, "This is not a valid HTTP/1.1 request.");
        };
    ResponseWriter.write(request, Response.of(problem), true)
        .onComplete(_ -> request.connection().close());
  }
}
