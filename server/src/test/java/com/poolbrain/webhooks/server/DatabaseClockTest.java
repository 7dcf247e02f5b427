package com.poolbrain.webhooks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

  private static final Instant MACHINE = Instant.parse("2026-02-13T06:42:24Z");
  private static final Duration MAX_TEST_DURATION = Duration.ofMinutes(5);

  private final DatabaseClock clock = new DatabaseClock(InstantSource.fixed(MACHINE));

  @Test
  void machine_time_is_used_until_the_first_sync() {
    assertThat(clock.instant()).isBetween(MACHINE, MACHINE.plus(MAX_TEST_DURATION));
  }

  @Test
  void synced_time_is_database_time_advanced_by_the_monotonic_clock() {
    Instant databaseTime = MACHINE.plus(Duration.ofDays(1));
    syncTo(databaseTime);
    Instant first = clock.instant();
    assertThat(first).isBetween(databaseTime, databaseTime.plus(MAX_TEST_DURATION));
    await("the clock advances").until(() -> clock.instant().isAfter(first));
    assertThat(clock.skew()).isNegative();
  }

  @Test
  void time_never_goes_backwards() {
    Instant before = clock.instant();
    syncTo(MACHINE.minus(Duration.ofHours(1)));
    assertThat(clock.instant()).isAfterOrEqualTo(before);
  }

  @Test
  void skew_is_negative_when_the_machine_is_behind_the_database() {
    syncTo(MACHINE.plus(Duration.ofMinutes(1)));
    assertThat(clock.skew()).isLessThanOrEqualTo(Duration.ofMinutes(-1));
  }

  private void syncTo(Instant databaseTime) {
    clock.syncTo(databaseTime, clock.nanoTime(), clock.nanoTime());
  }
}
