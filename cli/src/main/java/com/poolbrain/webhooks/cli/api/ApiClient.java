package com.poolbrain.webhooks.cli.api;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Client of the service's HTTP API.
///
/// ```
/// try (ApiClient apiClient = new ApiClient(URI.create("http://127.0.0.1:8080"), key)) {
///   JsonNode company = apiClient.get("/companies/40");
/// }
/// ```
///
/// A response other than 2xx becomes a [CommandException] with the reason.
public final class ApiClient implements AutoCloseable {

  /// URL of a service with default settings.
  public static final String DEFAULT_URL = "http://127.0.0.1:8080";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI baseUrl;
  private final String key;

  /// A client of the service at this URL, with this API key.
  public ApiClient(URI baseUrl, String key) {
    this.baseUrl = baseUrl;
    this.key = key;
  }

  /// The URL of an API path.
  public URI url(String path) {
    return URI.create(baseUrl.toString().replaceFirst("/+$", "") + "/api/v1" + path);
  }

  public JsonNode get(String path) {
    return call("GET", path, BodyPublishers.noBody());
  }

  public JsonNode post(String path, JsonNode body) {
    return call("POST", path, jsonBody(body));
  }

  public JsonNode put(String path, JsonNode body) {
    return call("PUT", path, jsonBody(body));
  }

  public JsonNode patch(String path, JsonNode body) {
    return call("PATCH", path, jsonBody(body));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static BodyPublisher jsonBody(JsonNode body) {
    return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
  }

  private JsonNode call(String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(url(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    HttpResponse<byte[]> response = send(request);
    JsonNode responseJson = parse(response);
    if (response.statusCode() / 100 != 2) {
      throw ProblemTranslator.toCommandException(request, response.statusCode(), responseJson);
    }
    return responseJson;
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw CommandException.of(
          "no service is listening at " + baseUrl + ": start it, or give its URL with --url.");
    } catch (IOException e) {
      throw CommandException.of("no response from " + request.uri() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.of("interrupted while waiting for " + request.uri() + ".");
    }
  }

  private static JsonNode parse(HttpResponse<byte[]> response) {
    if (response.body().length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw CommandException.of(
          "the response of " + response.uri() + " is not JSON: is this the URL of the service?");
    }
  }
}
