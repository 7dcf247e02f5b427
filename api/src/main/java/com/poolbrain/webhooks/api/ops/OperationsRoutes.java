package com.poolbrain.webhooks.api.ops;

import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What machines ask about the process: alive, ready, metrics, version. No key is needed.
public final class OperationsRoutes {

  /// What has to be so for the service to be ready.
  ///
  /// @param name of the check, in the answer
  public record HealthCheck(String name, BooleanSupplier condition) {}

  private final List<HealthCheck> checks;
  private final Supplier<String> metrics;

  /// @param metrics Prometheus text
  public OperationsRoutes(List<HealthCheck> checks, Supplier<String> metrics) {
    this.checks = List.copyOf(checks);
    this.metrics = metrics;
  }

  /// The routes.
  public List<Route> routes() {
    return List.of(
        Route.get("/health/live", null, _ -> Response.ok(Map.of("status", "up"))),
        Route.get("/health/ready", null, this::getReadiness),
        Route.get("/version", null, _ -> Response.ok(BuildInfo.current())),
        Route.get("/metrics", null, this::scrape));
  }

  private Response getReadiness(Request request) {
    Map<String, String> results = new LinkedHashMap<>();
    for (HealthCheck healthCheck : checks) {
      results.put(healthCheck.name(), healthCheck.condition().getAsBoolean() ? "up" : "down");
    }
    boolean isReady = !results.containsValue("down");
    return Response.json(isReady ? 200 : 503, new Readiness(isReady ? "up" : "down", results));
  }

  private Response scrape(Request request) {
    return Response.text("text/plain; version=0.0.4; charset=utf-8", metrics.get());
  }

  /// Whether the service is ready, and what each check found.
  record Readiness(String status, Map<String, String> checks) {}
}
