package com.poolbrain.webhooks.transport.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The rate of additional connections.
final class ConnectRateLimiterTest {

  private static final long NOW = TimeUnit.DAYS.toNanos(1);
  private static final long SUSTAINED_SINCE =
      NOW - ConnectRateLimiter.MIN_SUSTAINED_DEMAND_NANOS - 1;

  private final ConnectRateLimiter limiter = new ConnectRateLimiter(NOW);

  @Test
  void sustained_demand_is_unlimited_below_the_connection_threshold() {
    for (int i = 0; i < ConnectRateLimiter.MAX_UNLIMITED_CONNECTIONS; i++) {
      assertThat(limiter.tryAcquire(NOW, SUSTAINED_SINCE)).isTrue();
      limiter.onDialStarted();
    }
  }

  @Test
  void brief_demand_gets_one_connection_per_interval() {
    assertOnePerInterval(SUSTAINED_SINCE + 1);
  }

  @Test
  void above_the_connection_threshold_there_is_one_connection_per_interval() {
    startDials(ConnectRateLimiter.MAX_UNLIMITED_CONNECTIONS);

    assertOnePerInterval(SUSTAINED_SINCE);
  }

  @Test
  void unused_intervals_are_not_accumulated() {
    long later = NOW + 100 * ConnectRateLimiter.MIN_INTERVAL_NANOS;

    assertThat(limiter.tryAcquire(later, later)).isTrue();
    assertThat(limiter.tryAcquire(later, later)).isFalse();
  }

  @Test
  void closed_connection_may_be_replaced_at_once() {
    startDials(ConnectRateLimiter.MAX_UNLIMITED_CONNECTIONS);
    limiter.onConnectionEnded();

    assertThat(limiter.tryAcquire(NOW, SUSTAINED_SINCE)).isTrue();
    assertThat(limiter.tryAcquire(NOW, SUSTAINED_SINCE)).isTrue();
  }

  private void assertOnePerInterval(long waitingSince) {
    assertThat(limiter.tryAcquire(NOW, waitingSince)).isTrue();
    assertThat(limiter.tryAcquire(NOW, waitingSince)).isFalse();
    assertThat(limiter.tryAcquire(NOW + ConnectRateLimiter.MIN_INTERVAL_NANOS - 1, NOW)).isFalse();
    assertThat(limiter.tryAcquire(NOW + ConnectRateLimiter.MIN_INTERVAL_NANOS, NOW)).isTrue();
  }

  private void startDials(int connections) {
    for (int i = 0; i < connections; i++) {
      limiter.onDialStarted();
    }
  }
}
