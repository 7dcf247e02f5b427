package com.poolbrain.webhooks.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {

  private static final Instant START = Instant.parse("2026-02-13T06:42:24Z");
  private static final long SECOND = 1_000_000_000L;

  private final DatabaseTime estimate = new DatabaseTime(START, 0);

  @Test
  void estimate_advances_with_the_monotonic_clock() {
    assertThat(estimate.at(2 * SECOND)).isEqualTo(START.plusSeconds(2));
  }

  @Test
  void slow_answer_that_agrees_with_the_estimate_does_not_move_it() {
    assertThat(estimate.correctedBy(START.plusNanos(1), 0, SECOND)).isEqualTo(estimate);
    assertThat(estimate.correctedBy(START.plusSeconds(1), 0, SECOND)).isEqualTo(estimate);
  }

  @Test
  void estimate_that_is_ahead_goes_back_to_the_moment_of_the_question() {
    DatabaseTime corrected = estimate.correctedBy(START.minusSeconds(5), 0, SECOND);
    assertThat(corrected.at(0)).isEqualTo(START.minusSeconds(5));
  }

  @Test
  void estimate_that_is_behind_advances_to_the_moment_of_the_answer() {
    DatabaseTime corrected = estimate.correctedBy(START.plusSeconds(5), 0, SECOND);
    assertThat(corrected.at(SECOND)).isEqualTo(START.plusSeconds(5));
  }
}
