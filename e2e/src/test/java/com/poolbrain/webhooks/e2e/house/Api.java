package com.poolbrain.webhooks.e2e.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// The public HTTP API of a service, for the bearer of a key.
///
/// ```java
/// JsonNode company = api.get("/companies/40").expect(200);
/// ```
public final class Api implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client;
  private final URI service;
  private final String key;

  /// The API of the service at this URL.
  public Api(URI service, String key) {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build(),
        service,
        key);
  }

  private Api(HttpClient client, URI service, String key) {
    this.client = client;
    this.service = service;
    this.key = key;
  }

  /// The same API for the bearer of another key.
  public Api as(String otherKey) {
    return new Api(client, service, otherKey);
  }

  public Answer get(String path) {
    return call("GET", path, "");
  }

  public Answer post(String path, String json) {
    return call("POST", path, json);
  }

  public Answer put(String path, String json) {
    return call("PUT", path, json);
  }

  public Answer patch(String path, String json) {
    return call("PATCH", path, json);
  }

  public Answer delete(String path) {
    return call("DELETE", path, "");
  }

  /// Publishes; headers are names and values in turn.
  public Answer publish(String json, String... headers) {
    return publish(BodyPublishers.ofString(json), headers);
  }

  /// Publishes bytes that need not be text.
  public Answer publish(byte[] body) {
    return publish(BodyPublishers.ofByteArray(body));
  }

  private Answer publish(HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request("/api/v1/events").POST(body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return exchange(request.header("Content-Type", "application/json").build());
  }

  /// What stands outside the base of the API, such as `/metrics`.
  public Answer outside(String path) {
    return exchange(request(path).build());
  }

  private Answer call(String method, String path, String json) {
    HttpRequest.Builder request = request("/api/v1" + path);
    if (json.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(json));
    }
    return exchange(request.build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + path)).timeout(TIMEOUT);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return request;
  }

  /// @throws UncheckedIOException if there was no answer
  private Answer exchange(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException unanswered) {
      throw new UncheckedIOException(
          request.method() + " " + request.uri() + " was not answered", unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
