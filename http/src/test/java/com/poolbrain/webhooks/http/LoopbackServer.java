package com.poolbrain.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An HTTP server on a free port of the loopback address, and a client for it.
public final class LoopbackServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpService http;

  public LoopbackServer(HttpApplication application, HttpLimits limits) {
    this(application, limits, 0);
  }

  LoopbackServer(HttpApplication application, HttpLimits limits, int port) {
    http = new HttpService(vertx, new HttpService.Address("127.0.0.1", port), application, limits);
  }

  /// Serves routes to any of these keys.
  static HttpApplication application(List<HttpRoute> routes, String... keys) {
    return new HttpApplication(routes, KeyListAuthorizer.of(keys), (_, _, _) -> null);
  }

  public void start() {
    http.start();
  }

  HttpService http() {
    return http;
  }

  int port() {
    return http.port();
  }

  HttpResponse<String> get(String path, @Nullable String key) {
    return send("GET", path, key, null);
  }

  CompletableFuture<HttpResponse<String>> getAsync(String path) {
    return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String key, String body, String contentType) {
    return send(
        request(path, key).header("Content-Type", contentType),
        "POST",
        BodyPublishers.ofString(body));
  }

  /// Sends a request with these headers, names and values in turn.
  public HttpResponse<String> send(
      String method, String path, @Nullable String key, @Nullable String body, String... headers) {
    HttpRequest.Builder request = request(path, key).header("Content-Type", "application/json");
    return send(
        headers.length == 0 ? request : request.headers(headers),
        method,
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  HttpResponse<String> sendChunked(String path, String key, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(
        request(path, key).header("Content-Type", "application/json"),
        "POST",
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
  }

  /// Sends bytes as they are, and returns everything that comes back until the connection ends. A
  /// reset counts as the end: a slow client may get one.
  String sendRaw(String request) throws IOException {
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getInputStream().transferTo(answer);
      } catch (SocketException end) {
        assertThat(end).hasMessageMatching("Connection reset.*|Broken pipe");
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  /// Returns when new connections are refused.
  void awaitConnectionsRefused() {
    await().atMost(Duration.ofMinutes(1)).until(this::isConnectionRefused);
  }

  /// Whether a new connection is refused. A connection that was in the backlog when the port was
  /// closed is reset instead.
  private boolean isConnectionRefused() throws IOException {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port())) {
      return false;
    } catch (ConnectException _) {
      return true;
    } catch (SocketException _) {
      return false;
    }
  }

  @Override
  public void close() {
    http.close();
    client.close();
    vertx.close().await();
  }

  private HttpRequest.Builder request(String path, @Nullable String key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private HttpResponse<String> send(
      HttpRequest.Builder request, String method, BodyPublisher body) {
    try {
      return client.send(request.method(method, body).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
