package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints.Responder;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork.Reply;
import java.time.Duration;
import java.util.SplittableRandom;

/// A random response for every request to an endpoint.
///
/// @param kind decides the responses until the endpoint recovers
/// @param maxLatency the longest time to a response of a healthy endpoint
/// @param recoversAt virtual nanoseconds from which on it responds 200
public record EndpointBehavior(
    Kind kind, Duration maxLatency, long recoversAt, SplittableRandom random) implements Responder {

  public enum Kind {
    HEALTHY,
    SLOW,
    FLAKY,
    OVERLOADED,
    FAILING,
    HANGING,
    REFUSING
  }

  @Override
  public Reply respond(SentRequest request) {
    Duration delay = Duration.ofNanos(random.nextLong(maxLatency.toNanos() + 1));
    if (request.sentAtNanos() >= recoversAt) {
      return SimulatedEndpoints.ok(delay);
    }
    return switch (kind) {
      case HEALTHY -> SimulatedEndpoints.ok(delay);
      case SLOW -> SimulatedEndpoints.ok(delay.multipliedBy(50));
      case FLAKY -> random.nextBoolean() ? SimulatedEndpoints.ok(delay) : randomFailure(delay);
      case OVERLOADED ->
          SimulatedEndpoints.statusWithRetryAfter(
              random.nextBoolean() ? 429 : 503, Duration.ofSeconds(random.nextInt(8)), delay);
      case FAILING -> SimulatedEndpoints.status(500, delay);
      case HANGING ->
          random.nextInt(4) == 0
              ? SimulatedEndpoints.connectionReset(delay)
              : SimulatedEndpoints.noResponse();
      case REFUSING -> SimulatedEndpoints.connectRefused();
    };
  }

  private Reply randomFailure(Duration delay) {
    return switch (random.nextInt(4)) {
      case 0 -> SimulatedEndpoints.noResponse();
      case 1 -> SimulatedEndpoints.connectionReset(delay);
      case 2 -> SimulatedEndpoints.status(302, delay);
      default -> SimulatedEndpoints.status(500, delay);
    };
  }

  @Override
  public String toString() {
    return kind + (recoversAt == Long.MAX_VALUE ? "" : " until %.3f".formatted(recoversAt / 1e9));
  }
}
