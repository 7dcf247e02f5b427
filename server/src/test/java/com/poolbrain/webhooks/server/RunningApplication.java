package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.testkit.service.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The whole service on an embedded database and a free port, and a client for it.
public final class RunningApplication implements AutoCloseable {

  /// The operator key.
  public static final String ADMIN_KEY = "operator-key-of-tests";

  private final Application application;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Starts it in a folder.
  public RunningApplication(Path folder) {
    this(folder, Map.of("WEBHOOKS_ADMIN_KEY", ADMIN_KEY));
  }

  /// Starts it in a folder with settings of its own.
  public RunningApplication(Path folder, Map<String, String> overrides) {
    Map<String, String> environment = new HashMap<>(overrides);
    environment.putIfAbsent("WEBHOOKS_PORT", "0");
    environment.putIfAbsent("WEBHOOKS_DATA_DIR", folder.toString());
    application = new Application(Settings.read(environment, null));
    application.start();
  }

  public Application application() {
    return application;
  }

  /// A GET with the operator key.
  public HttpResponse<String> get(String path) {
    return send("GET", path, ADMIN_KEY, null);
  }

  /// The response of `/health/ready` once it is 200: a node on a stalled machine is not ready until
  /// its lease is renewed.
  public HttpResponse<String> awaitReady() {
    return Await.until(
        "the service is ready",
        () -> send("GET", "/health/ready", null, null),
        response -> response.statusCode() == 200);
  }

  /// Any request, with JSON as its body.
  public HttpResponse<String> send(
      String method, String path, @Nullable String key, byte @Nullable [] body) {
    var request =
        HttpRequest.newBuilder(URI.create(application.url() + path))
            .header("Content-Type", "application/json")
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    return send(key == null ? request : request.header("Authorization", "Bearer " + key));
  }

  /// Any request.
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    application.close();
  }
}
