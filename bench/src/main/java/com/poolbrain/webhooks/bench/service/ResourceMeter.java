package com.poolbrain.webhooks.bench.service;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Measures the resources used since its creation.
public final class ResourceMeter implements AutoCloseable {

  private static final long SAMPLE_MILLIS = 200;

  private final @Nullable BenchEnvironment environment;
  private final AtomicLong maxRssBytes = new AtomicLong();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bench-meter").factory());
  private final ResourceUsage start;

  /// @param environment null if another server is measured: then only the bench is metered
  public ResourceMeter(@Nullable BenchEnvironment environment) {
    this.environment = environment;
    if (environment != null) {
      var _ =
          sampler.scheduleAtFixedRate(
              () -> sampleRss(environment.service().process()),
              0,
              SAMPLE_MILLIS,
              TimeUnit.MILLISECONDS);
    }
    start = readCounters();
  }

  private void sampleRss(ProcessHandle service) {
    maxRssBytes.accumulateAndGet(ProcessUsage.ofProcessTree(service).rssBytes(), Math::max);
  }

  private ResourceUsage readCounters() {
    double bench = ProcessUsage.ofCurrentProcess().cpuMicros();
    double unknown = Double.NaN;
    return environment == null
        ? new ResourceUsage(unknown, unknown, bench, unknown, unknown, unknown)
        : new ResourceUsage(
            ProcessUsage.ofProcessTree(environment.service().process()).cpuMicros(),
            environment.postgres().processUsage().cpuMicros(),
            bench,
            environment.postgres().walBytes(),
            environment.postgres().walSyncs(),
            maxRssBytes.get());
  }

  /// What was used so far.
  public ResourceUsage read() {
    return readCounters().since(start);
  }

  @Override
  public void close() {
    sampler.shutdownNow();
  }
}
