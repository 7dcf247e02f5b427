package com.poolbrain.webhooks.server.ops;

import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What machines ask about the process: alive, ready, metrics, version. No key is needed.
public final class OperationRoutes {

  /// What has to be so for the service to be ready.
  ///
  /// @param name of the check, in the answer
  public record Check(String name, BooleanSupplier holds) {}

  private final List<Check> checks;
  private final Supplier<String> metrics;

  /// @param metrics Prometheus text
  public OperationRoutes(List<Check> checks, Supplier<String> metrics) {
    this.checks = List.copyOf(checks);
    this.metrics = metrics;
  }

  /// The routes.
  public List<Route> routes() {
    return List.of(
        Route.get("/health/live", null, _ -> Response.ok(Map.of("status", "up"))),
        Route.get("/health/ready", null, this::ready),
        Route.get("/version", null, _ -> Response.ok(Build.running())),
        Route.get("/metrics", null, this::scrape));
  }

  private Response ready(Request request) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Check check : checks) {
      found.put(check.name(), check.holds().getAsBoolean() ? "up" : "down");
    }
    boolean ready = !found.containsValue("down");
    return Response.json(ready ? 200 : 503, new Readiness(ready ? "up" : "down", found));
  }

  private Response scrape(Request request) {
    return Response.text("text/plain; version=0.0.4; charset=utf-8", metrics.get());
  }

  /// Whether the service is ready, and what each check found.
  record Readiness(String status, Map<String, String> checks) {}
}
