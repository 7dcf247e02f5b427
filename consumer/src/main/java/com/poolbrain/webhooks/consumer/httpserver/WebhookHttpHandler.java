package com.poolbrain.webhooks.consumer.httpserver;

import com.poolbrain.webhooks.consumer.Reply;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Answers the requests of the JDK's HTTP server with a receiver.
///
/// ```java
/// HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
/// server.createContext("/webhooks", new WebhookHttpHandler(receiver));
/// server.setExecutor(Executors.newFixedThreadPool(8));
/// server.start();
/// ```
public final class WebhookHttpHandler implements HttpHandler {

  private final WebhookReceiver receiver;

  /// A handler for one endpoint.
  public WebhookHttpHandler(WebhookReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        respond(exchange, 405, "Webhooks are sent with POST.");
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(receiver.maxBodyBytes() + 1);
      Reply reply = receiver.receive(body, exchange.getRequestHeaders());
      respond(exchange, reply.status(), reply.message());
    }
  }

  private static void respond(HttpExchange exchange, int status, String message)
      throws IOException {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }
}
