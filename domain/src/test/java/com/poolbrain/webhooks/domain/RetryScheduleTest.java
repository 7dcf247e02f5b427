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

  private static final Instant ENDED_AT = Instant.parse("2026-02-13T06:42:24.705Z");
  private static final RetrySchedule WITHOUT_JITTER =
      new RetrySchedule(RetrySchedule.DEFAULT.delays(), 0);
  private static final Outcome FAILURE = new Failed(ErrorClass.RESPONSE_TIMEOUT);

  @Test
  void default_schedule_makes_four_attempts() {
    assertThat(RetrySchedule.DEFAULT.maxAttempts()).isEqualTo(4);
  }

  @ParameterizedTest(name = "after failure {0} the next attempt is {1} minutes later")
  @CsvSource({"1, 5", "2, 10", "3, 30"})
  void delay_counts_from_the_end_of_the_attempt(int step, int minutes) {
    assertThat(WITHOUT_JITTER.decide(FAILURE, step, ENDED_AT, new SplittableRandom(1)))
        .isEqualTo(new RetryAt(ENDED_AT.plus(Duration.ofMinutes(minutes))));
  }

  @Test
  void fourth_failure_gives_up() {
    assertThat(WITHOUT_JITTER.decide(FAILURE, 4, ENDED_AT, new SplittableRandom(1)))
        .isEqualTo(new GiveUp());
  }

  @ParameterizedTest(name = "success of attempt {0} ends the delivery")
  @CsvSource({"1", "2", "3", "4"})
  void success_ends_the_delivery(int step) {
    Outcome success = new Delivered(new EndpointResponse(204, ""));
    assertThat(WITHOUT_JITTER.decide(success, step, ENDED_AT, new SplittableRandom(1)))
        .isEqualTo(new Done());
  }

  @ParameterizedTest(name = "jitter of seed {0} lengthens a delay by at most a tenth")
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void jitter_only_lengthens_the_delay(long seed) {
    var random = new SplittableRandom(seed);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 200; i++) {
      Duration delay = delayAfter(RetrySchedule.DEFAULT, FAILURE, random);
      assertThat(delay).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
      longest = delay.compareTo(longest) > 0 ? delay : longest;
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(325));
  }

  @ParameterizedTest(name = "Retry-After of {0} s gives a delay of {1} s")
  @CsvSource({"0, 300", "299, 300", "301, 301", "599, 599", "600, 600", "86400, 600"})
  void retry_after_moves_the_next_attempt_later_to_at_most_twice_its_delay(
      long retryAfterSeconds, long expectedSeconds) {
    Outcome failure =
        new Failed(
            ErrorClass.RATE_LIMITED,
            new EndpointResponse(429, ""),
            Duration.ofSeconds(retryAfterSeconds));
    assertThat(delayAfter(WITHOUT_JITTER, failure, new SplittableRandom(1)))
        .isEqualTo(Duration.ofSeconds(expectedSeconds));
    assertThat(WITHOUT_JITTER.decide(failure, 4, ENDED_AT, new SplittableRandom(1)))
        .isEqualTo(new GiveUp());
  }

  @Test
  void invalid_schedules_are_rejected() {
    assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO), 0.1))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> new RetrySchedule(List.of(), -0.1)).hasMessageContaining("jitter");
    assertThatThrownBy(() -> new RetrySchedule(List.of(), Double.NaN))
        .hasMessageContaining("jitter");
  }

  private static Duration delayAfter(
      RetrySchedule schedule, Outcome outcome, SplittableRandom random) {
    return switch (schedule.decide(outcome, 1, ENDED_AT, random)) {
      case RetryAt(var due) -> Duration.between(ENDED_AT, due);
      case Verdict other -> throw new AssertionError("not retried but " + other);
    };
  }
}
