package com.poolbrain.webhooks.domain;

import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.domain.Verdict.Done;
import com.poolbrain.webhooks.domain.Verdict.GiveUp;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a failed delivery is tried again: a table of waits, each counted from the end of the
/// attempt before it. The guide promises ~5, ~10 and ~30 minutes.
///
/// @param delays the wait after the first failure, after the second, …; positive
/// @param jitter the largest share that is added to a wait, never taken away: 0.1 is up to 10 %
public record RetrySchedule(List<Duration> delays, double jitter) {

  /// What the consumer guide promises.
  public static final RetrySchedule DEFAULT =
      new RetrySchedule(
          List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30)), 0.1);

  public RetrySchedule {
    delays = List.copyOf(delays);
    if (delays.stream().anyMatch(delay -> delay.isNegative() || delay.isZero())) {
      throw new IllegalArgumentException("every wait of a retry schedule is positive: " + delays);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter is between 0 and 1: " + jitter);
    }
  }

  /// Attempts that the schedule makes in all.
  public int maxAttempts() {
    return delays.size() + 1;
  }

  /// What follows from the outcome of an automatic attempt.
  ///
  /// @param step which automatic attempt this was, from 1
  /// @param endedAt when the attempt ended
  /// @param random source of the jitter
  public Verdict decide(Outcome outcome, int step, Instant endedAt, RandomGenerator random) {
    return switch (outcome) {
      case Delivered _ -> new Done();
      case Failed _ when step > delays.size() -> new GiveUp();
      case Failed(_, _, var retryAfter) ->
          new RetryAt(endedAt.plus(delayAfter(delays.get(step - 1), retryAfter, random)));
    };
  }

  private Duration delayAfter(
      Duration planned, @Nullable Duration retryAfter, RandomGenerator random) {
    Duration jittered =
        planned.plusNanos((long) (planned.toNanos() * jitter * random.nextDouble()));
    if (retryAfter == null || retryAfter.compareTo(jittered) <= 0) {
      return jittered;
    }
    Duration maxDelay = planned.multipliedBy(2);
    return retryAfter.compareTo(maxDelay) < 0 ? retryAfter : maxDelay;
  }
}
