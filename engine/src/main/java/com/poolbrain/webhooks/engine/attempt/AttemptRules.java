package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Erasure;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.Verdict.Done;
import com.poolbrain.webhooks.domain.Verdict.GiveUp;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.domain.Verdict.Unchanged;
import com.poolbrain.webhooks.engine.erasure.CustomerContent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides whether the attempt of a claim may be made, and what follows from it.
public final class AttemptRules {

  private final RetrySchedule schedule;
  private final Duration defaultTimeout;
  private final RandomGenerator jitter;
  private final Function<String, @Nullable EventType> eventTypes;

  /// @param defaultTimeout of an attempt whose endpoint has no timeout of its own
  /// @param eventTypes event types by any of their names
  public AttemptRules(
      RetrySchedule schedule,
      Duration defaultTimeout,
      RandomGenerator jitter,
      Function<String, @Nullable EventType> eventTypes) {
    this.schedule = schedule;
    this.defaultTimeout = defaultTimeout;
    this.jitter = jitter;
    this.eventTypes = eventTypes;
  }

  /// The limit of the whole exchange with an endpoint.
  public Duration timeout(Endpoint endpoint) {
    Duration own = endpoint.deliveryOptions().timeout();
    return own == null ? defaultTimeout : own;
  }

  /// The verdict of a claim whose attempt may not be made; null if it may.
  @Nullable Verdict check(Claim claim, EndpointConfig endpoint) {
    Verdict blocked = checkBlocked(claim, endpoint);
    return blocked == null && !endpoint.canSign() ? awaitSecret(claim) : blocked;
  }

  private @Nullable Verdict checkBlocked(Claim claim, EndpointConfig endpoint) {
    SkipReason reason = blockReason(claim, endpoint);
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

  /// A delivery that this node can't sign waits for a node that can.
  private static Verdict awaitSecret(Claim claim) {
    return switch (claim.trigger()) {
      case AUTOMATIC -> new RetryAt(claim.dueAt());
      case MANUAL -> new Unchanged();
      case TEST -> new GiveUp();
    };
  }

  /// The verdict that follows from an attempt.
  ///
  /// @param endpoint its configuration after the attempt; null if it is unknown. An endpoint that
  ///   was blocked meanwhile gets no further attempt
  Verdict decide(Claim claim, Attempt attempt, @Nullable EndpointConfig endpoint) {
    return switch (claim.trigger()) {
      case MANUAL -> attempt.outcome() instanceof Delivered ? new Done() : new Unchanged();
      case TEST -> attempt.outcome() instanceof Delivered ? new Done() : new GiveUp();
      case AUTOMATIC -> {
        Verdict verdict =
            schedule.decide(attempt.outcome(), claim.scheduleStep() + 1, attempt.endedAt(), jitter);
        SkipReason blocked =
            verdict instanceof RetryAt && endpoint != null ? blockReason(claim, endpoint) : null;
        yield blocked == null ? verdict : new Skip(blocked);
      }
    };
  }

  private @Nullable SkipReason blockReason(Claim claim, EndpointConfig endpoint) {
    if (isBeingErased(claim, endpoint.company())) {
      return SkipReason.CANCELLED;
    }
    EventType type = eventTypes.apply(claim.event().type());
    return type == null
        ? endpoint.blockReason()
        : endpoint.company().blockReason(endpoint.endpoint(), type);
  }

  /// Whether the content of a claim is being erased.
  static boolean isBeingErased(Claim claim, CompanyConfig company) {
    for (Erasure erasure : company.erasures()) {
      if (erasure.concerns(claim.event())
          && CustomerContent.isIn(claim.event().data(), erasure.customerId())) {
        return true;
      }
    }
    return false;
  }
}
