package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.api.access.ApiExceptionMapper;
import com.poolbrain.webhooks.api.access.ApiKeyAuthorizer;
import com.poolbrain.webhooks.api.publish.PublishRequestParser;
import com.poolbrain.webhooks.api.publish.PublishRoute;
import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.http.HttpApplication;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.http.HttpService;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Publishes alone: the HTTP server and the parser of the service with an engine that accepts
/// without storing, and the load generator.
final class PublishBaseline implements BaselineRunner.Step {

  private static final int CONNECTIONS = 64;
  private static final int MAX_EVENTS_PER_SECOND = 150_000;
  private static final UUID EVENT_ID = new UUID(0x0197000000007000L, 0x8000000000000001L);

  private final BenchEnvironment environment;
  private final Vertx vertx = Vertx.vertx();
  private final HttpService http;
  private final RoundRobinRequests requests;
  private final LoadGenerator generator;

  PublishBaseline(BenchEnvironment environment) {
    this.environment = environment;
    Principal principal = new Principal("bench", "bench", Set.of(Scope.PUBLISH), null);
    var route =
        new PublishRoute(
            new PublishRequestParser(EventTypeRegistry.builtIn()), PublishBaseline::accept);
    http =
        new HttpService(
            vertx,
            new HttpService.Address("127.0.0.1", 0),
            new HttpApplication(
                route.routes(),
                new ApiKeyAuthorizer(_ -> true, _ -> principal, Runnable::run),
                new ApiExceptionMapper()),
            HttpLimits.withDefaults(Limits.MAX_REQUEST_BYTES));
    http.start();
    URI url = URI.create("http://127.0.0.1:" + http.port() + "/api/v1/events");
    PublishTarget target = new ApiSetup(environment.service()).newTarget(40, "customer.created");
    requests =
        new RoundRobinRequests(
            List.of(new PublishTarget(url, target.headers(), target.body())),
            environment.markers(),
            1);
    generator = new LoadGenerator(environment.eventLoop(), url, CONNECTIONS);
  }

  private static CompletableFuture<PublishResult> accept(PublishRequest request) {
    return CompletableFuture.completedFuture(
        new PublishResult.Accepted(
            request.events().stream()
                .map(event ->
                    new Receipt(List.of(EVENT_ID), event.companyId(), event.type().name(), 1, 0))
                .toList()));
  }

  @Override
  public long run(int seconds) {
    RunCounters counters =
        RunCounters.of(environment.markers(), MAX_EVENTS_PER_SECOND * seconds, 1);
    generator.run(LoadProfile.closedLoop("publishes", CONNECTIONS, seconds), requests, counters);
    return counters.counts().accepted();
  }

  @Override
  public void close() {
    generator.close();
    http.close();
    vertx.close().await();
  }
}
