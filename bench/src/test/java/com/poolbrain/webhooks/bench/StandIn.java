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

/// A very small webhook server: what is published is posted to whoever registered, as often as its
/// mood says, and then answered 202, so that nobody has to wait for what comes afterwards.
final class StandIn implements AutoCloseable {

  /// What becomes of the n-th event that is published, from 0.
  enum Mood {
    DELIVER,
    LOSE,
    TWICE,
    /// It arrives, and with it something that nobody published.
    STRANGER,
    REFUSE
  }

  private final HttpServer server;
  private final HttpClient client;
  private final IntFunction<Mood> moods;
  private final AtomicInteger published = new AtomicInteger();
  private volatile List<URI> registered = List.of();

  /// @param trusted null for the usual authorities
  StandIn(@Nullable SSLContext trusted, IntFunction<Mood> moods) throws IOException {
    this.moods = moods;
    HttpClient.Builder builder = HttpClient.newBuilder();
    client = trusted == null ? builder.build() : builder.sslContext(trusted).build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/publish", this::published);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/publish");
  }

  void register(List<URI> urls) {
    registered = List.copyOf(urls);
  }

  /// Requests so far.
  int requests() {
    return published.get();
  }

  private void published(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Mood mood = moods.apply(published.getAndIncrement());
    switch (mood) {
      case DELIVER -> deliver(body);
      case TWICE -> {
        deliver(body);
        deliver(body);
      }
      case STRANGER -> {
        deliver(body);
        deliver("{\"nobody\": true}".getBytes(StandardCharsets.UTF_8));
      }
      case LOSE, REFUSE -> {}
    }
    byte[] answer = (mood == Mood.REFUSE ? "no room" : "{}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(mood == Mood.REFUSE ? 503 : 202, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void deliver(byte[] body) {
    for (URI url : registered) {
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
