package com.poolbrain.webhooks.cli.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// HTTPS server that receives webhooks in development.
///
/// ```
/// try (var listener = WebhookListener.start("127.0.0.1", 8443, serverCertificate)) {
///   listener.setHandler("/crm", new WebhookHandler(secret, FailureMode.NONE, System.out::println));
/// }
/// ```
public final class WebhookListener implements AutoCloseable {

  /// Path of the handler for all paths without a handler of their own.
  public static final String ANY_PATH = "/*";

  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;
  private static final int BACKLOG = 1024;

  private final HttpsServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, WebhookHandler> handlers = new ConcurrentHashMap<>();

  private WebhookListener(HttpsServer server) {
    this.server = server;
  }

  /// Starts a listener. Every path answers 404 until it has a handler.
  ///
  /// @param port 0 for any free port
  /// @throws IOException if the address can't be bound
  public static WebhookListener start(String host, int port, ServerCertificate serverCertificate)
      throws IOException {
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(serverCertificate.sslContext()));
    server.bind(new InetSocketAddress(host, port), BACKLOG);
    WebhookListener listener = new WebhookListener(server);
    server.setExecutor(listener.executor);
    server.createContext("/", listener::handle);
    server.start();
    return listener;
  }

  /// The port of the listener.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Sets the handler of a path, or of all other paths with [#ANY_PATH].
  public void setHandler(String path, WebhookHandler handler) {
    handlers.put(path, handler);
  }

  /// Stops the listener. Delayed responses are dropped.
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      WebhookHandler handler = handlers.getOrDefault(path, handlers.get(ANY_PATH));
      exchange.sendResponseHeaders(handleRequest(exchange, handler), -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing: the connection ends without a response
    }
  }

  private static int handleRequest(HttpExchange exchange, @Nullable WebhookHandler handler)
      throws IOException, InterruptedException {
    if (handler == null) {
      return 404;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return 405;
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return 413;
    }
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name, String.join(",", values)));
    return handler.handle(new IncomingRequest(headers, body));
  }
}
