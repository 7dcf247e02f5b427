package com.poolbrain.webhooks.bench.service;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Measures what a run costs, from its creation until it is read.
public final class ResourceMeter implements AutoCloseable {

  private static final long SAMPLE_MILLIS = 200;

  private final @Nullable BenchEnvironment benchEnvironment;
  private final Snapshot start;
  private final AtomicLong maxRssBytes = new AtomicLong();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bench-meter").factory());

  /// @param benchEnvironment null if the server that is measured is not ours
  public ResourceMeter(@Nullable BenchEnvironment benchEnvironment) throws SQLException {
    this.benchEnvironment = benchEnvironment;
    if (benchEnvironment != null) {
      var _ =
          sampler.scheduleAtFixedRate(
              () -> sample(benchEnvironment.service()), 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    }
    start = Snapshot.take(benchEnvironment);
  }

  private record Snapshot(
      long serviceMicros, long postgresMicros, long benchMicros, long walBytes, long walSyncs) {

    static Snapshot take(@Nullable BenchEnvironment benchEnvironment) throws SQLException {
      long bench = ProcessUsage.ofCurrentProcess().cpuMicros();
      return benchEnvironment == null
          ? new Snapshot(0, 0, bench, 0, 0)
          : new Snapshot(
              ProcessUsage.ofProcessTree(benchEnvironment.service().process()).cpuMicros(),
              benchEnvironment.postgres().processUsage().cpuMicros(),
              bench,
              benchEnvironment.postgres().walBytes(),
              benchEnvironment.postgres().walSyncs());
    }
  }

  private void sample(ServiceUnderTest service) {
    maxRssBytes.accumulateAndGet(
        ProcessUsage.ofProcessTree(service.process()).rssBytes(), Math::max);
  }

  /// The most memory since it was asked last.
  public long resetMaxRss() {
    return maxRssBytes.getAndSet(0);
  }

  /// What was used so far.
  public ResourceUsage readUsage() throws SQLException {
    Snapshot end = Snapshot.take(benchEnvironment);
    long bench = end.benchMicros() - start.benchMicros();
    return benchEnvironment == null
        ? new ResourceUsage(null, null, bench, null, null)
        : new ResourceUsage(
            end.serviceMicros() - start.serviceMicros(),
            end.postgresMicros() - start.postgresMicros(),
            bench,
            new ResourceUsage.Wal(
                end.walBytes() - start.walBytes(), end.walSyncs() - start.walSyncs()),
            maxRssBytes.get());
  }

  @Override
  public void close() {
    sampler.shutdownNow();
  }
}
