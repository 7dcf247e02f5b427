package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Watches from the outside whether the service keeps its lease and answers `/health/ready`, from
/// the constructor until it is stopped.
final class LeaseWatch implements AutoCloseable {

  private static final long SAMPLE_INTERVAL_MILLIS = 100;

  /// A number that changes when the service restarts as a new incarnation, and the milliseconds of
  /// its lease that are left.
  private static final String SAMPLE =
      """
      select coalesce(sum(hashtext(incarnation::text)), 0),
        coalesce(extract(epoch from max(lease_until) - now()) * 1000, 0)::bigint
      from node
      """;

  /// What was seen.
  ///
  /// @param lostLeases how often the service restarted as a new incarnation
  /// @param minLeaseMillis the least time of the lease that was left
  /// @param maxHealthMillis the longest time until `/health/ready` was answered
  /// @param notReady how often it was not 200
  /// @param samples how often both were looked at
  record Result(
      int lostLeases, long minLeaseMillis, long maxHealthMillis, int notReady, int samples) {

    /// The result as text.
    String summary() {
      return "lease lost %d times, at least %.1f s of it left; /health/ready answered within %,d ms, not ready %d times of %,d"
          .formatted(lostLeases, minLeaseMillis / 1e3, maxHealthMillis, notReady, samples);
    }
  }

  private final BenchEnvironment environment;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<Void> watching;
  private long incarnation;
  private int sampleCount;
  private long minLeaseMillis = Long.MAX_VALUE;
  private long maxHealthMillis;
  private int lostLeases;
  private int notReady;

  LeaseWatch(BenchEnvironment environment) {
    this.environment = environment;
    watching =
        CompletableFuture.runAsync(
            () -> environment.postgres().withConnection(this::watch),
            task -> Thread.ofPlatform().daemon().name("bench-lease-watch").start(task));
  }

  private int watch(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      do {
        checkLease(statement);
        checkHealth();
        sampleCount++;
      } while (!closed.await(SAMPLE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return sampleCount;
  }

  private void checkLease(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(SAMPLE)) {
      row.next();
      if (sampleCount > 0 && row.getLong(1) != incarnation) {
        lostLeases++;
      }
      incarnation = row.getLong(1);
      minLeaseMillis = Math.min(minLeaseMillis, row.getLong(2));
    }
  }

  private void checkHealth() {
    long startNanos = System.nanoTime();
    ApiResponse response = environment.service().client().getFromRoot("/health/ready");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    maxHealthMillis = Math.max(maxHealthMillis, millis);
    if (response.status() != 200) {
      notReady++;
    }
  }

  /// Ends the watch and returns what was seen.
  Result stop() {
    closed.countDown();
    watching.join();
    return new Result(lostLeases, minLeaseMillis, maxHealthMillis, notReady, sampleCount);
  }

  @Override
  public void close() {
    var _ = stop();
  }
}
