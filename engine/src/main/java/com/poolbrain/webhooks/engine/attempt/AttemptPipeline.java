package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.Verdict.Done;
import com.poolbrain.webhooks.domain.Verdict.GiveUp;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.domain.Verdict.Unchanged;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one attempt: asks the gate, signs, sends, and decides what follows.
public final class AttemptPipeline {

  private static final Logger log = LoggerFactory.getLogger(AttemptPipeline.class);
  private final NodeLease nodeLease;
  private final Transport transport;
  private final Clock clock;
  private final Randomness randomness;
  private final Policy policy;

  /// Where ids and jitter come from.
  public record Randomness(Supplier<UUID> ids, RandomGenerator random) {}

  /// What decides.
  ///
  /// @param eventTypes event types by any of their names
  public record Policy(EngineSettings settings, Function<String, @Nullable EventType> eventTypes) {}

  public AttemptPipeline(
      NodeLease nodeLease, Transport transport, Clock clock, Randomness randomness, Policy policy) {
    this.nodeLease = nodeLease;
    this.transport = transport;
    this.clock = clock;
    this.randomness = randomness;
    this.policy = policy;
  }

  /// What is to be recorded; null if nothing can be said now, because this node does not know
  /// recently enough what it may send.
  @Nullable AttemptResult execute(Claim claim) throws InterruptedException {
    ConfigSnapshot.EndpointConfig endpointConfig =
        nodeLease.state().config().endpointConfig(claim.endpointId());
    if (!nodeLease.isLeaseFresh()) {
      return null;
    }
    if (endpointConfig == null) {
      return new AttemptResult(claim, null, new Skip(SkipReason.CANCELLED));
    }
    Verdict blockingVerdict = verdictIfBlocked(claim, endpointConfig);
    if (blockingVerdict == null && !endpointConfig.canSign()) {
      blockingVerdict = verdictIfUnsignable(claim);
    }
    return blockingVerdict == null
        ? makeAttempt(claim, endpointConfig)
        : new AttemptResult(claim, null, blockingVerdict);
  }

  private AttemptResult makeAttempt(Claim claim, ConfigSnapshot.EndpointConfig endpointConfig)
      throws InterruptedException {
    Instant startedAt = clock.instant();
    long startNanos = clock.nanoTime();
    Outcome outcome = send(claim, endpointConfig, startedAt);
    Duration duration = Duration.ofNanos(clock.nanoTime() - startNanos);
    Attempt attempt =
        new Attempt(randomness.ids().get(), claim.trigger(), startedAt, duration, outcome);
    return new AttemptResult(claim, attempt, decide(claim, attempt));
  }

  private Outcome send(Claim claim, ConfigSnapshot.EndpointConfig endpointConfig, Instant startedAt)
      throws InterruptedException {
    try {
      return transport.send(
          endpointConfig
              .requestFactory()
              .create(claim, startedAt, timeoutFor(endpointConfig.endpoint())));
    } catch (RuntimeException bug) {
      log.error("An attempt of delivery {} went wrong; it is retried on schedule", claim.id(), bug);
      return new Outcome.Failed(ErrorClass.INVALID_RESPONSE);
    }
  }

  private Duration timeoutFor(Endpoint endpoint) {
    Duration configured = endpoint.deliveryOptions().timeout();
    return configured == null ? policy.settings().attemptTimeout() : configured;
  }

  /// What becomes of a claim whose attempt may not start; null if it may.
  private @Nullable Verdict verdictIfBlocked(
      Claim claim, ConfigSnapshot.EndpointConfig endpointConfig) {
    SkipReason reason = blockReason(claim, endpointConfig);
    return switch (claim.trigger()) {
      case AUTOMATIC -> reason == null ? null : new Skip(reason);
      case MANUAL, TEST ->
          switch (reason) {
            case CANCELLED, WEBHOOKS_OFF ->
                claim.trigger() == Trigger.TEST ? new GiveUp() : new Unchanged();
            case ENDPOINT_PAUSED, UNSUBSCRIBED -> null;
            case null -> null;
          };
    };
  }

  /// Nothing is sent that can't be signed: it waits for a node that can.
  private Verdict verdictIfUnsignable(Claim claim) {
    return switch (claim.trigger()) {
      case AUTOMATIC -> new RetryAt(claim.dueAt());
      case MANUAL -> new Unchanged();
      case TEST -> new GiveUp();
    };
  }

  private @Nullable SkipReason blockReason(
      Claim claim, ConfigSnapshot.EndpointConfig endpointConfig) {
    CompanyConfig companyConfig = endpointConfig.company();
    EventType type = policy.eventTypes().apply(claim.event().type());
    return type == null
        ? companyConfig.blockReason(endpointConfig.endpoint())
        : companyConfig.blockReason(endpointConfig.endpoint(), type);
  }

  private Verdict decide(Claim claim, Attempt attempt) {
    Outcome outcome = attempt.outcome();
    return switch (claim.trigger()) {
      case MANUAL -> outcome instanceof Delivered ? new Done() : new Unchanged();
      case TEST -> outcome instanceof Delivered ? new Done() : new GiveUp();
      case AUTOMATIC -> {
        Verdict verdict =
            policy
                .settings()
                .schedule()
                .decide(outcome, claim.scheduleStep() + 1, attempt.endedAt(), randomness.random());
        yield verdict instanceof RetryAt ? skipIfBlocked(verdict, claim) : verdict;
      }
    };
  }

  /// The gate may have closed while the attempt ran: then it is not tried again.
  private Verdict skipIfBlocked(Verdict verdict, Claim claim) {
    ConfigSnapshot.EndpointConfig endpointConfig =
        nodeLease.state().config().endpointConfig(claim.endpointId());
    SkipReason reason = endpointConfig == null ? null : blockReason(claim, endpointConfig);
    return reason == null ? verdict : new Skip(reason);
  }
}
