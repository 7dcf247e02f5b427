package com.poolbrain.webhooks.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A minimal webhook server. It delivers each event to the registered URLs as its behavior says,
/// and only then answers the publish, so tests need not wait for deliveries.
final class FakeWebhookServer implements AutoCloseable {

  /// What the server does with an event.
  enum Behavior {
    DELIVER,
    DROP,
    DELIVER_TWICE,
    /// It is delivered, together with a delivery that was never published.
    DELIVER_UNEXPECTED,
    REJECT
  }

  private final HttpServer server;
  private final HttpClient client;
  private final IntFunction<Behavior> behaviorByEvent;
  private final AtomicInteger requestCount = new AtomicInteger();
  private volatile List<URI> registeredUrls = List.of();

  /// @param sslContext null for the CAs of the JDK
  /// @param behaviorByEvent by the number of the event, from 0
  FakeWebhookServer(@Nullable SSLContext sslContext, IntFunction<Behavior> behaviorByEvent)
      throws IOException {
    this.behaviorByEvent = behaviorByEvent;
    HttpClient.Builder builder = HttpClient.newBuilder();
    client = sslContext == null ? builder.build() : builder.sslContext(sslContext).build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/publish", this::handlePublish);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/publish");
  }

  void register(List<URI> urls) {
    registeredUrls = List.copyOf(urls);
  }

  /// Publish requests so far.
  int requestCount() {
    return requestCount.get();
  }

  private void handlePublish(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Behavior behavior = behaviorByEvent.apply(requestCount.getAndIncrement());
    switch (behavior) {
      case DELIVER -> deliver(body);
      case DELIVER_TWICE -> {
        deliver(body);
        deliver(body);
      }
      case DELIVER_UNEXPECTED -> {
        deliver(body);
        deliver("{\"unpublished\": true}".getBytes(StandardCharsets.UTF_8));
      }
      case DROP, REJECT -> {}
    }
    byte[] responseBody =
        (behavior == Behavior.REJECT ? "queue full" : "{}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(behavior == Behavior.REJECT ? 503 : 202, responseBody.length);
    exchange.getResponseBody().write(responseBody);
    exchange.close();
  }

  private void deliver(byte[] body) {
    for (URI url : registeredUrls) {
      HttpRequest request =
          HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(body)).build();
      try {
        var _ = client.send(request, BodyHandlers.discarding());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
