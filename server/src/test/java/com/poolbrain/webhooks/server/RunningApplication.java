package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import java.util.Map;

/// The complete service in this process, and a client of its API.
public final class RunningApplication implements AutoCloseable {

  private final Application application;
  private final ServiceClient client;

  /// Starts the service with these environment variables.
  RunningApplication(Map<String, String> environment) {
    application = new Application(Settings.read(environment, null));
    application.start();
    client = new ServiceClient(application.url(), ServiceEnvironment.ADMIN_KEY);
  }

  public Application application() {
    return application;
  }

  /// A client with the operator key of tests.
  public ServiceClient client() {
    return client;
  }

  /// The response of `/health/ready` once it is 200: a node on a stalled machine is not ready until
  /// its lease is renewed.
  public ApiResponse awaitReady() {
    return Await.until(
        "the service is ready",
        () -> client.getFromRoot("/health/ready"),
        response -> response.status() == 200);
  }

  @Override
  public void close() {
    client.close();
    application.close();
  }
}
