package com.poolbrain.webhooks.api.ops;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Routes of health, metrics and version, which need no API key. Health is answered without virtual
/// threads, so that requests that keep all their carriers busy don't make the service look dead.
public final class OperationsRoutes {

  /// A condition that must hold for the service to be ready.
  ///
  /// @param name of the check in the response
  public record HealthCheck(String name, BooleanSupplier condition) {}

  private final List<HealthCheck> checks;
  private final Executor healthThread;
  private final Supplier<String> metrics;

  /// A run of the checks that has not started; null if there is none.
  private @Nullable CompletableFuture<Map<String, String>> nextRun;

  /// @param healthThread a platform thread that does nothing but run the checks
  /// @param metrics returns the metrics as Prometheus text
  public OperationsRoutes(
      List<HealthCheck> checks, Executor healthThread, Supplier<String> metrics) {
    this.checks = List.copyOf(checks);
    this.healthThread = healthThread;
    this.metrics = metrics;
  }

  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.asyncGet("/health/live", null, OperationsRoutes::getLiveness),
        HttpRoute.asyncGet("/health/ready", null, this::getReadiness),
        HttpRoute.get("/version", null, _ -> Response.ok(BuildInfo.current())),
        HttpRoute.get("/metrics", null, this::scrape));
  }

  private static CompletionStage<Response> getLiveness(Request request, Executor eventLoop) {
    return CompletableFuture.completedFuture(Response.ok(Map.of("status", "up")));
  }

  private CompletionStage<Response> getReadiness(Request request, Executor eventLoop) {
    return nextRun().thenApplyAsync(OperationsRoutes::toResponse, eventLoop);
  }

  /// The results of all checks, from a run that starts after this call. Requests that arrive before
  /// it starts share it, so any number of them costs one run after the other.
  private synchronized CompletableFuture<Map<String, String>> nextRun() {
    if (nextRun == null) {
      nextRun = CompletableFuture.supplyAsync(this::runChecks, healthThread);
    }
    return nextRun;
  }

  private Map<String, String> runChecks() {
    synchronized (this) {
      nextRun = null;
    }
    Map<String, String> results = new LinkedHashMap<>();
    for (HealthCheck healthCheck : checks) {
      results.put(healthCheck.name(), healthCheck.condition().getAsBoolean() ? "up" : "down");
    }
    return results;
  }

  private static Response toResponse(Map<String, String> results) {
    boolean isReady = !results.containsValue("down");
    return Response.json(isReady ? 200 : 503, new Readiness(isReady ? "up" : "down", results));
  }

  private Response scrape(Request request) {
    return Response.text("text/plain; version=0.0.4; charset=utf-8", metrics.get());
  }

  /// Whether the service is ready, and the result of each check.
  record Readiness(String status, Map<String, String> checks) {}
}
