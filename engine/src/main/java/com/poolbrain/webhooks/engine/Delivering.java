package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.Verdict.Done;
import com.poolbrain.webhooks.domain.Verdict.GiveUp;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.domain.Verdict.Unchanged;
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
final class Delivering {

  private static final Logger log = LoggerFactory.getLogger(Delivering.class);
  private final Membership membership;
  private final Transport transport;
  private final Clock clock;
  private final Chance chance;
  private final Rules rules;

  /// Where ids and jitter come from.
  record Chance(Supplier<UUID> ids, RandomGenerator random) {}

  /// What decides.
  ///
  /// @param types event types by any of their names
  record Rules(EngineSettings settings, Function<String, @Nullable EventType> types) {}

  Delivering(Membership membership, Transport transport, Clock clock, Chance chance, Rules rules) {
    this.membership = membership;
    this.transport = transport;
    this.clock = clock;
    this.chance = chance;
    this.rules = rules;
  }

  /// What is to be recorded; null if nothing can be said now, because this node does not know
  /// recently enough what it may send.
  @Nullable Settlement deliver(Claim claim) throws InterruptedException {
    Directory.Place place = membership.view().directory().place(claim.endpointId());
    if (!membership.fresh()) {
      return null;
    }
    if (place == null) {
      return new Settlement(claim, null, new Skip(SkipReason.CANCELLED));
    }
    Verdict closed = closed(claim, place);
    if (closed == null && !place.signs()) {
      closed = unsigned(claim);
    }
    return closed == null ? attempt(claim, place) : new Settlement(claim, null, closed);
  }

  private Settlement attempt(Claim claim, Directory.Place place) throws InterruptedException {
    Instant started = clock.instant();
    long from = clock.nanoTime();
    Outcome outcome = outcome(claim, place, started);
    Duration took = Duration.ofNanos(clock.nanoTime() - from);
    Attempt attempt = new Attempt(chance.ids().get(), claim.trigger(), started, took, outcome);
    return new Settlement(claim, attempt, verdict(claim, attempt));
  }

  private Outcome outcome(Claim claim, Directory.Place place, Instant started)
      throws InterruptedException {
    try {
      return transport.send(place.signing().sign(claim, started, timeout(place.endpoint())));
    } catch (RuntimeException bug) {
      log.error("An attempt of delivery {} went wrong; it is retried on schedule", claim.id(), bug);
      return new Outcome.Failed(ErrorClass.INVALID_RESPONSE);
    }
  }

  private Duration timeout(Endpoint endpoint) {
    Duration own = endpoint.tuning().timeout();
    return own == null ? rules.settings().attemptTimeout() : own;
  }

  /// What becomes of a claim whose attempt may not start; null if it may.
  private @Nullable Verdict closed(Claim claim, Directory.Place place) {
    SkipReason reason = reason(claim, place);
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
  private Verdict unsigned(Claim claim) {
    return switch (claim.trigger()) {
      case AUTOMATIC -> new RetryAt(claim.dueAt());
      case MANUAL -> new Unchanged();
      case TEST -> new GiveUp();
    };
  }

  private @Nullable SkipReason reason(Claim claim, Directory.Place place) {
    Subscriptions subscriptions = place.subscriptions();
    EventType type = rules.types().apply(claim.event().type());
    return type == null
        ? subscriptions.closed(place.endpoint())
        : subscriptions.closed(place.endpoint(), type);
  }

  private Verdict verdict(Claim claim, Attempt attempt) {
    Outcome outcome = attempt.outcome();
    return switch (claim.trigger()) {
      case MANUAL -> outcome instanceof Delivered ? new Done() : new Unchanged();
      case TEST -> outcome instanceof Delivered ? new Done() : new GiveUp();
      case AUTOMATIC -> {
        Verdict verdict =
            rules
                .settings()
                .schedule()
                .after(outcome, claim.step() + 1, attempt.endedAt(), chance.random());
        yield verdict instanceof RetryAt ? unlessClosed(verdict, claim) : verdict;
      }
    };
  }

  /// The gate may have closed while the attempt ran: then it is not tried again.
  private Verdict unlessClosed(Verdict verdict, Claim claim) {
    Directory.Place place = membership.view().directory().place(claim.endpointId());
    SkipReason reason = place == null ? null : reason(claim, place);
    return reason == null ? verdict : new Skip(reason);
  }
}
