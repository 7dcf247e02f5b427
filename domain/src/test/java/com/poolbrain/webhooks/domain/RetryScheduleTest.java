package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.domain.Verdict.Done;
import com.poolbrain.webhooks.domain.Verdict.GiveUp;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

  private static final Instant ENDED = Instant.parse("2026-02-13T06:42:24.705Z");
  private static final RetrySchedule EXACT = new RetrySchedule(RetrySchedule.PROMISED.waits(), 0);
  private static final Outcome FAILURE = new Failed(ErrorClass.RESPONSE_TIMEOUT);

  @Test
  void the_guide_promises_four_attempts() {
    assertThat(RetrySchedule.PROMISED.attempts()).isEqualTo(4);
  }

  @ParameterizedTest(name = "after failure {0} the next attempt is {1} minutes later")
  @CsvSource({"1, 5", "2, 10", "3, 30"})
  void waits_count_from_the_end_of_the_attempt(int step, int minutes) {
    assertThat(EXACT.after(FAILURE, step, ENDED, new SplittableRandom(1)))
        .isEqualTo(new RetryAt(ENDED.plus(Duration.ofMinutes(minutes))));
  }

  @Test
  void the_fourth_failure_is_the_last() {
    assertThat(EXACT.after(FAILURE, 4, ENDED, new SplittableRandom(1))).isEqualTo(new GiveUp());
  }

  @ParameterizedTest(name = "a success at attempt {0} ends it")
  @CsvSource({"1", "2", "3", "4"})
  void a_success_ends_it(int step) {
    Outcome success = new Delivered(new Answer(204, ""));
    assertThat(EXACT.after(success, step, ENDED, new SplittableRandom(1))).isEqualTo(new Done());
  }

  @ParameterizedTest(name = "jitter of seed {0} lengthens a wait by at most a tenth")
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void jitter_only_lengthens(long seed) {
    var random = new SplittableRandom(seed);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 200; i++) {
      Duration wait = waitAfter(RetrySchedule.PROMISED, FAILURE, random);
      assertThat(wait).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(325));
  }

  @ParameterizedTest(name = "Retry-After of {0} s waits {1} s")
  @CsvSource({"0, 300", "299, 300", "301, 301", "599, 599", "600, 600", "86400, 600"})
  void retry_after_moves_the_next_attempt_later_to_at_most_twice_its_delay(
      long asked, long expected) {
    Outcome failure =
        new Failed(ErrorClass.RATE_LIMITED, new Answer(429, ""), Duration.ofSeconds(asked));
    assertThat(waitAfter(EXACT, failure, new SplittableRandom(1)))
        .isEqualTo(Duration.ofSeconds(expected));
    assertThat(EXACT.after(failure, 4, ENDED, new SplittableRandom(1))).isEqualTo(new GiveUp());
  }

  @Test
  void impossible_schedules_are_refused() {
    assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO), 0.1))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> new RetrySchedule(List.of(), -0.1)).hasMessageContaining("jitter");
    assertThatThrownBy(() -> new RetrySchedule(List.of(), Double.NaN))
        .hasMessageContaining("jitter");
  }

  private static Duration waitAfter(
      RetrySchedule schedule, Outcome outcome, SplittableRandom random) {
    return switch (schedule.after(outcome, 1, ENDED, random)) {
      case RetryAt(var due) -> Duration.between(ENDED, due);
      case Verdict other -> throw new AssertionError("not retried but " + other);
    };
  }
}
