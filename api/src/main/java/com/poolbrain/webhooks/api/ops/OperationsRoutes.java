package com.poolbrain.webhooks.api.ops;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Routes of health, metrics and version, which need no API key.
public final class OperationsRoutes {

  /// A condition that must hold for the service to be ready.
  ///
  /// @param name of the check in the response
  public record HealthCheck(String name, BooleanSupplier condition) {}

  private final List<HealthCheck> checks;
  private final Supplier<String> metrics;

  /// @param metrics returns the metrics as Prometheus text
  public OperationsRoutes(List<HealthCheck> checks, Supplier<String> metrics) {
    this.checks = List.copyOf(checks);
    this.metrics = metrics;
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get("/health/live", null, _ -> Response.ok(Map.of("status", "up"))),
        HttpRoute.get("/health/ready", null, this::getReadiness),
        HttpRoute.get("/version", null, _ -> Response.ok(BuildInfo.current())),
        HttpRoute.get("/metrics", null, this::scrape));
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

  /// Whether the service is ready, and the result of each check.
  record Readiness(String status, Map<String, String> checks) {}
}
