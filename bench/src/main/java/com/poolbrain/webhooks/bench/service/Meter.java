package com.poolbrain.webhooks.bench.service;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Measures what a run costs, from its creation until it is read.
public final class Meter implements AutoCloseable {

  private static final long SAMPLE_MILLIS = 200;

  private final @Nullable House house;
  private final Snapshot before;
  private final AtomicLong rssMax = new AtomicLong();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bench-meter").factory());

  /// @param house null if the server that is measured is not ours
  public Meter(@Nullable House house) throws SQLException {
    this.house = house;
    if (house != null) {
      var _ =
          sampler.scheduleAtFixedRate(
              () -> sample(house.service()), 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    }
    before = Snapshot.of(house);
  }

  private record Snapshot(long service, long postgres, long bench, long walBytes, long walSyncs) {

    static Snapshot of(@Nullable House house) throws SQLException {
      long bench = Usage.ofBench().cpuMicros();
      return house == null
          ? new Snapshot(0, 0, bench, 0, 0)
          : new Snapshot(
              Usage.ofTree(house.service().process()).cpuMicros(),
              house.postgres().usage().cpuMicros(),
              bench,
              house.postgres().walBytes(),
              house.postgres().walSyncs());
    }
  }

  private void sample(OwnService service) {
    rssMax.accumulateAndGet(Usage.ofTree(service.process()).rssBytes(), Math::max);
  }

  /// The most memory since it was asked last.
  public long rssMaxAnew() {
    return rssMax.getAndSet(0);
  }

  /// What was used so far.
  public Costs read() throws SQLException {
    Snapshot now = Snapshot.of(house);
    long bench = now.bench() - before.bench();
    return house == null
        ? new Costs(null, null, bench, null, null)
        : new Costs(
            now.service() - before.service(),
            now.postgres() - before.postgres(),
            bench,
            new Costs.Log(now.walBytes() - before.walBytes(), now.walSyncs() - before.walSyncs()),
            rssMax.get());
  }

  @Override
  public void close() {
    sampler.shutdownNow();
  }
}
