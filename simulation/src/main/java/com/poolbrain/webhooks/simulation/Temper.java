package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.simulation.Consumers.Consumer;
import com.poolbrain.webhooks.simulation.Network.Reply;
import java.time.Duration;
import java.util.SplittableRandom;

/// How a consumer of a story treats its requests.
///
/// @param kind what it is like until it gets well
/// @param slowest its answers take at most that long
/// @param wellAt virtual nanoseconds from which on it answers 200
record Temper(Kind kind, Duration slowest, long wellAt, SplittableRandom random)
    implements Consumer {

  enum Kind {
    GOOD,
    SLOW,
    FLAKY,
    BUSY,
    BROKEN,
    HANGING,
    DEAD
  }

  @Override
  public Reply reply(Sent sent) {
    Duration after = Duration.ofNanos(random.nextLong(slowest.toNanos() + 1));
    if (sent.at() >= wellAt) {
      return Consumers.ok(after);
    }
    return switch (kind) {
      case GOOD -> Consumers.ok(after);
      case SLOW -> Consumers.ok(after.multipliedBy(50));
      case FLAKY -> random.nextBoolean() ? Consumers.ok(after) : failure(after);
      case BUSY ->
          Consumers.later(
              random.nextBoolean() ? 429 : 503, Duration.ofSeconds(random.nextInt(8)), after);
      case BROKEN -> Consumers.status(500, after);
      case HANGING -> random.nextInt(4) == 0 ? Consumers.reset(after) : Consumers.hang();
      case DEAD -> Consumers.refused();
    };
  }

  private Reply failure(Duration after) {
    return switch (random.nextInt(4)) {
      case 0 -> Consumers.hang();
      case 1 -> Consumers.reset(after);
      case 2 -> Consumers.status(302, after);
      default -> Consumers.status(500, after);
    };
  }

  @Override
  public String toString() {
    return kind + (wellAt == Long.MAX_VALUE ? "" : " until %.3f".formatted(wellAt / 1e9));
  }
}
