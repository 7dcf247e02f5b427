package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.api.access.ApiExceptionMapper;
import com.poolbrain.webhooks.api.access.ApiKeyAuthorizer;
import com.poolbrain.webhooks.api.publish.PublishRequestParser;
import com.poolbrain.webhooks.api.publish.PublishRoute;
import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RequestTemplate;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.ProcessUsage;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.HttpApplication;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.http.HttpService;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One publish alone: our HTTP service and its reading of requests, with an engine that answers at
/// once, and the generator.
final class PublishBaseline {

  private static final int CONNECTIONS = 64;
  private static final int MAX_EVENTS_PER_SECOND = 150_000;
  private static final UUID EVENT_ID = new UUID(0x0197000000007000L, 0x8000000000000001L);

  private final BenchEnvironment benchEnvironment;
  private final MeasurementPeriod measurementPeriod;

  PublishBaseline(BenchEnvironment benchEnvironment, MeasurementPeriod measurementPeriod) {
    this.benchEnvironment = benchEnvironment;
    this.measurementPeriod = measurementPeriod;
  }

  /// CPU of both ends.
  double measureMicros() throws IOException {
    Vertx vertx = Vertx.vertx();
    Principal principal = new Principal("bench", "bench", Set.of(Scope.PUBLISH), null);
    var publishRoute =
        new PublishRoute(
            new PublishRequestParser(EventCatalogue.builtIn()), PublishBaseline::acceptImmediately);
    HttpService http =
        new HttpService(
            vertx,
            new HttpService.Address("127.0.0.1", 0),
            new HttpApplication(
                publishRoute.routes(),
                new ApiKeyAuthorizer(_ -> principal, Runnable::run),
                new ApiExceptionMapper()),
            HttpLimits.withDefaults(Limits.MAX_REQUEST_BYTES));
    try {
      http.start();
      PublishTarget serviceTarget =
          new ApiSetup(benchEnvironment.service()).newTarget(40, "customer.created");
      URI url = URI.create("http://127.0.0.1:" + http.port() + "/api/v1/events");
      return measureMicros(new PublishTarget(url, serviceTarget.headers(), serviceTarget.body()));
    } finally {
      http.close();
      vertx.close().await();
    }
  }

  private static CompletableFuture<PublishResult> acceptImmediately(PublishRequest publishRequest) {
    return CompletableFuture.completedFuture(
        new PublishResult.Accepted(
            publishRequest.events().stream()
                .map(publishedEvent ->
                    new Receipt(
                        List.of(EVENT_ID),
                        publishedEvent.companyId(),
                        publishedEvent.type().name(),
                        1,
                        0))
                .toList()));
  }

  private double measureMicros(PublishTarget publishTarget) throws IOException {
    RoundRobinRequests requests =
        new RoundRobinRequests(
            List.of(
                new RequestTemplate(publishTarget, benchEnvironment.eventMarkers(), Instant.now())),
            1);
    try (LoadGenerator loadGenerator =
        new LoadGenerator(
            benchEnvironment.benchEventLoop(), publishTarget.publishUrl(), CONNECTIONS)) {
      publishFor(loadGenerator, requests, measurementPeriod.warmUpSeconds());
      long cpuBefore = ProcessUsage.ofCurrentProcess().cpuMicros();
      RunCounters runCounters =
          publishFor(loadGenerator, requests, measurementPeriod.measuredSeconds());
      return (ProcessUsage.ofCurrentProcess().cpuMicros() - cpuBefore)
          / (double) runCounters.accepted();
    }
  }

  private RunCounters publishFor(
      LoadGenerator loadGenerator, RoundRobinRequests requests, int seconds) {
    int maxEvents = MAX_EVENTS_PER_SECOND * seconds;
    RunCounters runCounters =
        new RunCounters(benchEnvironment.eventMarkers().reserve(maxEvents), maxEvents, 1);
    loadGenerator.runClosedLoop(requests, runCounters, TimeUnit.SECONDS.toNanos(seconds));
    return runCounters;
  }
}
