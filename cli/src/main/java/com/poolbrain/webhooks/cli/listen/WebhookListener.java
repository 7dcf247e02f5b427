package com.poolbrain.webhooks.cli.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// An HTTPS consumer for development.
///
/// ```
/// try (Listener listener = Listener.start("127.0.0.1", 8443, identity)) {
///   listener.put("/crm", new Inbox(secret, Misbehaviour.failing(2), System.out::println));
/// }
/// ```
public final class WebhookListener implements AutoCloseable {

  /// The inbox at this path takes what no other path takes.
  public static final String ANY_PATH = "/*";

  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;
  private static final int BACKLOG = 1024;

  private final HttpsServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, WebhookHandler> handlers = new ConcurrentHashMap<>();

  private WebhookListener(HttpsServer server) {
    this.server = server;
  }

  /// Starts to listen; every path answers 404 until it has an inbox.
  ///
  /// @param port 0 for any free one
  /// @throws IOException if it cannot listen there
  /// @throws GeneralSecurityException if the identity is none
  public static WebhookListener start(String host, int port, ServerCertificate serverCertificate)
      throws IOException, GeneralSecurityException {
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(serverCertificate.sslContext()));
    server.bind(new InetSocketAddress(host, port), BACKLOG);
    WebhookListener listener = new WebhookListener(server);
    server.setExecutor(listener.executor);
    server.createContext("/", listener::handle);
    server.start();
    return listener;
  }

  /// The port that it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Puts an inbox behind a path, [#ANY_PATH] included.
  public void setHandler(String path, WebhookHandler handler) {
    handlers.put(path, handler);
  }

  /// Stops to listen. Answers that are still held back are never given.
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
      Thread.currentThread().interrupt(); // closing: the connection ends without an answer
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
    List<String> signatures =
        exchange.getRequestHeaders().getOrDefault("X-Webhook-Signature", List.of());
    String attempt = exchange.getRequestHeaders().getFirst("X-Webhook-Attempt");
    return handler.handle(new IncomingRequest(String.join(",", signatures), attempt, body));
  }
}
