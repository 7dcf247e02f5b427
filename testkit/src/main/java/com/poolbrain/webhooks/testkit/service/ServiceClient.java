package com.poolbrain.webhooks.testkit.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Client of the HTTP API of a running service, with one API key.
///
/// ```java
/// JsonNode company = client.get("/companies/40").expect(200);
/// ```
public final class ServiceClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client;
  private final URI baseUrl;
  private final String key;

  /// @param key the API key; empty for requests without one
  public ServiceClient(URI baseUrl, String key) {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build(),
        baseUrl,
        key);
  }

  private ServiceClient(HttpClient client, URI baseUrl, String key) {
    this.client = client;
    this.baseUrl = baseUrl;
    this.key = key;
  }

  /// A client of the same service with another API key.
  public ServiceClient withKey(String otherKey) {
    return new ServiceClient(client, baseUrl, otherKey);
  }

  public ApiResponse get(String path) {
    return call("GET", path, "");
  }

  public ApiResponse post(String path, String json) {
    return call("POST", path, json);
  }

  public ApiResponse put(String path, String json) {
    return call("PUT", path, json);
  }

  public ApiResponse patch(String path, String json) {
    return call("PATCH", path, json);
  }

  public ApiResponse delete(String path) {
    return call("DELETE", path, "");
  }

  /// Publishes events.
  ///
  /// @param headers names and values in turn
  public ApiResponse publish(String json, String... headers) {
    return publish(BodyPublishers.ofString(json), headers);
  }

  /// Publishes a body that need not be text.
  public ApiResponse publish(byte[] body) {
    return publish(BodyPublishers.ofByteArray(body));
  }

  private ApiResponse publish(HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request("/api/v1/events", headers).POST(body);
    return send(request.header("Content-Type", "application/json").build());
  }

  /// Gets a path outside of `/api/v1`, such as `/metrics`.
  ///
  /// @param headers names and values in turn
  public ApiResponse getFromRoot(String path, String... headers) {
    return send(request(path, headers).build());
  }

  /// Sends a form to a path outside of `/api/v1`.
  ///
  /// @param fields encoded for a URL
  /// @param headers names and values in turn
  public ApiResponse postForm(String path, String fields, String... headers) {
    HttpRequest.Builder request = request(path, headers).POST(BodyPublishers.ofString(fields));
    return send(request.header("Content-Type", "application/x-www-form-urlencoded").build());
  }

  /// Sends any request below `/api/v1`.
  ///
  /// @param json the body; empty for none
  /// @param headers names and values in turn
  public ApiResponse call(String method, String path, String json, String... headers) {
    HttpRequest.Builder request = request("/api/v1" + path, headers);
    if (json.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(json));
    }
    return send(request.build());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(TIMEOUT);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  /// @throws UncheckedIOException if the service does not respond
  private ApiResponse send(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      return new ApiResponse(response.statusCode(), response.headers(), response.body());
    } catch (IOException noResponse) {
      throw new UncheckedIOException(
          request.method() + " " + request.uri() + " got no response", noResponse);
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
