package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service on an embedded database, and somebody who calls its API.
final class TestApi implements AutoCloseable {

  static final String OPERATOR_KEY = "operator-key-of-the-test";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(30);

  private final Application application;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// An answer of the API.
  ///
  /// @param body missing node if there was none
  record ApiResponse(int status, JsonNode body) {

    /// The pointer of the first error.
    String pointer() {
      return body.at("/errors/0/pointer").asString();
    }

    String detail() {
      return body.path("detail").asString();
    }
  }

  TestApi(Path folder) {
    application =
        new Application(
            Settings.read(
                Map.of(
                    "WEBHOOKS_PORT", "0",
                    "WEBHOOKS_DATA_DIR", folder.toString(),
                    "WEBHOOKS_ADMIN_KEY", OPERATOR_KEY,
                    "WEBHOOKS_RETRY_SCHEDULE", "1h",
                    "WEBHOOKS_ALLOW_HTTP", "true",
                    "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8"),
                null));
    application.start();
  }

  ApiResponse get(String path) {
    return call("GET", path, null);
  }

  ApiResponse post(String path, String json) {
    return call("POST", path, json);
  }

  ApiResponse put(String path, String json) {
    return call("PUT", path, json);
  }

  ApiResponse patch(String path, String json) {
    return call("PATCH", path, json);
  }

  ApiResponse delete(String path) {
    return call("DELETE", path, null);
  }

  ApiResponse call(String method, String path, @Nullable String json) {
    return call(OPERATOR_KEY, method, path, json);
  }

  ApiResponse call(String key, String method, String path, @Nullable String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(application.url() + "/api/v1" + path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      String text = response.body();
      return new ApiResponse(
          response.statusCode(), text.isEmpty() ? MAPPER.missingNode() : MAPPER.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Asks until the answer is as it must become.
  ApiResponse await(String path, Predicate<JsonNode> condition) {
    long deadline = System.nanoTime() + WAIT_TIMEOUT.toNanos();
    ApiResponse apiResponse = get(path);
    while (!condition.test(apiResponse.body())) {
      assertThat(System.nanoTime()).as("still %s", apiResponse).isLessThan(deadline);
      apiResponse = get(path);
    }
    return apiResponse;
  }

  /// Makes a company with webhooks on, and returns its path.
  String createCompany(long id) {
    put("/companies/" + id, "{\"name\": \"Blue Pools\"}");
    patch("/companies/" + id, "{\"webhooks_enabled\": true}");
    return "/companies/" + id;
  }

  /// Makes an endpoint of a company, and returns its id.
  String createEndpoint(String company, String url, String... events) {
    String names = "\"" + String.join("\", \"", events) + "\"";
    ApiResponse created =
        post(company + "/endpoints", "{\"url\": \"%s\", \"events\": [%s]}".formatted(url, names));
    assertThat(created.status()).as("%s", created).isEqualTo(201);
    return created.body().path("id").asString();
  }

  @Override
  public void close() {
    client.close();
    application.close();
  }
}
