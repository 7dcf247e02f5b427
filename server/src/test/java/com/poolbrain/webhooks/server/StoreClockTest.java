package com.poolbrain.webhooks.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StoreClockTest {

  private static final Instant MACHINE = Instant.parse("2026-02-13T06:42:24Z");
  private static final Duration ANY_TEST = Duration.ofMinutes(5);

  private final StoreClock clock = new StoreClock(InstantSource.fixed(MACHINE));

  @Test
  void untilTheStoreHasSpokenItIsTheMachinesTime() {
    assertThat(clock.instant()).isBetween(MACHINE, MACHINE.plus(ANY_TEST));
  }

  @Test
  void afterwardsItIsTheStoresTimeAdvancedByTheMonotonicClock() {
    Instant store = MACHINE.plus(Duration.ofDays(1));
    clock.agree(store, clock.nanoTime());
    Instant first = clock.instant();
    assertThat(first).isBetween(store, store.plus(ANY_TEST));
    while (clock.instant().equals(first)) {
      Thread.onSpinWait();
    }
    assertThat(clock.instant()).isAfter(first);
    assertThat(clock.ahead()).isNegative();
  }

  @Test
  void itNeverGoesBackwards() {
    Instant before = clock.instant();
    clock.agree(MACHINE.minus(Duration.ofHours(1)), clock.nanoTime());
    assertThat(clock.instant()).isAfterOrEqualTo(before);
  }

  @Test
  void itTellsHowFarTheMachineIsAhead() {
    clock.agree(MACHINE.plus(Duration.ofMinutes(1)), clock.nanoTime());
    assertThat(clock.ahead()).isLessThanOrEqualTo(Duration.ofMinutes(-1));
  }
}
