package com.poolbrain.webhooks.server.api;

import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import java.nio.file.Path;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The service on an embedded database, and a client with the operator key.
final class TestApi implements AutoCloseable {

  private final Application application;
  private final ServiceClient client;

  TestApi(Path folder) {
    ServiceEnvironment environment =
        ServiceEnvironment.withEmbeddedDatabase(folder)
            .with("WEBHOOKS_RETRY_SCHEDULE", "1h")
            .with("WEBHOOKS_ALLOW_HTTP", "true");
    application = new Application(Settings.read(environment.variables(), null));
    application.start();
    client = new ServiceClient(application.url(), ServiceEnvironment.ADMIN_KEY);
  }

  ApiResponse get(String path) {
    return client.get(path);
  }

  ApiResponse post(String path, String json) {
    return client.post(path, json);
  }

  ApiResponse put(String path, String json) {
    return client.put(path, json);
  }

  ApiResponse patch(String path, String json) {
    return client.patch(path, json);
  }

  ApiResponse delete(String path) {
    return client.delete(path);
  }

  ApiResponse call(String method, String path, String json) {
    return client.call(method, path, json);
  }

  ApiResponse call(String key, String method, String path, String json) {
    return client.withKey(key).call(method, path, json);
  }

  /// Gets a path until its body satisfies the condition.
  ApiResponse await(String path, Predicate<JsonNode> condition) {
    return Await.until(path, () -> get(path), response -> condition.test(response.json()));
  }

  /// Creates a company with webhooks enabled, and returns its path.
  String createCompany(long id) {
    put("/companies/" + id, "{\"name\": \"Blue Pools\"}");
    patch("/companies/" + id, "{\"webhooks_enabled\": true}");
    return "/companies/" + id;
  }

  /// Creates an endpoint of a company, and returns its id.
  String createEndpoint(String company, String url, String... events) {
    String names = "\"" + String.join("\", \"", events) + "\"";
    return post(company + "/endpoints", "{\"url\": \"%s\", \"events\": [%s]}".formatted(url, names))
        .expect(201)
        .path("id")
        .asString();
  }

  @Override
  public void close() {
    client.close();
    application.close();
  }
}
