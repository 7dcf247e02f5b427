package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.BenchEventLoop;
import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.bench.service.ResourceMeter;
import com.poolbrain.webhooks.bench.service.ResourceUsage;
import java.net.URI;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Measures runs: publishes a load, waits for its deliveries, and meters the resources used.
public final class Measurement {

  private static final LoadProfile FIRST_EVENT = LoadProfile.closedLoop("first event", 1, 10);

  private final BenchEventLoop eventLoop;
  private final EventMarkers markers;
  private final Consumer<RunCounters> receivers;
  private final Progress progress;
  private final @Nullable BenchEnvironment environment;

  /// @param receivers sets the counters of the receivers
  /// @param environment null if another server is measured
  public Measurement(
      BenchEventLoop eventLoop,
      EventMarkers markers,
      Consumer<RunCounters> receivers,
      Progress progress,
      @Nullable BenchEnvironment environment) {
    this.eventLoop = eventLoop;
    this.markers = markers;
    this.receivers = receivers;
    this.progress = progress;
    this.environment = environment;
  }

  /// Runs a load.
  ///
  /// @param deliveryTimeoutSeconds wait for deliveries after the last publish
  public RunResult run(
      LoadProfile profile, URI publishUrl, RoundRobinRequests requests, int deliveryTimeoutSeconds)
      throws InterruptedException {
    progress.show("%s, %d s".formatted(profile.name(), profile.seconds()));
    RunCounters counters = RunCounters.of(markers, profile, requests);
    receivers.accept(counters);
    try (LoadGenerator generator = new LoadGenerator(eventLoop, publishUrl, profile.connections());
        ResourceMeter meter = new ResourceMeter(environment)) {
      long startNanos = System.nanoTime();
      generator.run(profile, requests, counters);
      awaitDeliveries(counters, deliveryTimeoutSeconds);
      ResourceUsage usage = meter.read();
      MissingDeliveries missing = missing(counters.missingByEvent());
      return RunResult.of(profile.name(), counters, missing, startNanos, usage);
    } finally {
      progress.clear();
    }
  }

  private MissingDeliveries missing(SortedMap<Integer, Integer> missingByEvent) {
    return environment == null
        ? MissingDeliveries.allLost(missingByEvent)
        : MissingDeliveries.lookUp(environment.postgres(), markers, missingByEvent);
  }

  /// Publishes one event over a new connection and waits for its deliveries.
  public RunCounters publishOne(
      URI publishUrl, RoundRobinRequests requests, int deliveryTimeoutSeconds)
      throws InterruptedException {
    RunCounters counters = RunCounters.of(markers, 1, requests.fanOut());
    receivers.accept(counters);
    try (LoadGenerator generator =
        new LoadGenerator(eventLoop, publishUrl, FIRST_EVENT.connections())) {
      generator.run(FIRST_EVENT, requests, counters);
    }
    awaitDeliveries(counters, deliveryTimeoutSeconds);
    return counters;
  }

  private static void awaitDeliveries(RunCounters counters, int seconds)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!counters.isComplete() && System.nanoTime() < deadlineNanos) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
