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

/// The delays after which a failed delivery is retried. Each delay is measured from the end of the
/// previous attempt.
///
/// @param delays delay after the first failure, after the second one, …; positive
/// @param jitter maximum share that is added to a delay at random: 0.1 is up to 10 %
public record RetrySchedule(List<Duration> delays, double jitter) {

  /// The schedule of the consumer guide: 5, 10 and 30 minutes.
  public static final RetrySchedule DEFAULT =
      new RetrySchedule(
          List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30)), 0.1);

  /// A `Retry-After` lengthens a delay to at most so many times itself.
  private static final int MAX_DELAY_FACTOR = 2;

  public RetrySchedule {
    delays = List.copyOf(delays);
    if (delays.stream().anyMatch(delay -> delay.isNegative() || delay.isZero())) {
      throw new IllegalArgumentException(
          "every delay of a retry schedule must be positive: " + delays);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("the jitter must be between 0 and 1: " + jitter);
    }
  }

  /// The number of attempts, including the first one.
  public int maxAttempts() {
    return delays.size() + 1;
  }

  /// The longest time from the first failure to the start of the last attempt: each delay with its
  /// jitter, or doubled by a `Retry-After`. The time that the attempts themselves take is not part
  /// of it.
  public Duration longestWait() {
    double factor = Math.max(1 + jitter, MAX_DELAY_FACTOR);
    long nanos = 0;
    for (Duration delay : delays) {
      nanos += (long) (delay.toNanos() * factor);
    }
    return Duration.ofNanos(nanos);
  }

  /// The verdict after an automatic attempt. A `Retry-After` lengthens the delay to at most twice
  /// the planned one.
  ///
  /// @param step number of the automatic attempt, from 1
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
    Duration maxDelay = planned.multipliedBy(MAX_DELAY_FACTOR);
    return retryAfter.compareTo(maxDelay) < 0 ? retryAfter : maxDelay;
  }
}
