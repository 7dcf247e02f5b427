package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.engine.request.Transport;
import com.poolbrain.webhooks.engine.runtime.Clock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one attempt: check, sign, send, decide.
public final class AttemptPipeline {

  private static final Logger log = LoggerFactory.getLogger(AttemptPipeline.class);

  private final NodeLease lease;
  private final AttemptRules rules;
  private final Transport transport;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /// @param ids of attempts
  public AttemptPipeline(
      NodeLease lease, AttemptRules rules, Transport transport, Clock clock, Supplier<UUID> ids) {
    this.lease = lease;
    this.rules = rules;
    this.transport = transport;
    this.clock = clock;
    this.ids = ids;
  }

  /// How a run of the pipeline ended.
  sealed interface Result {

    /// With a result that is to be recorded.
    record Finished(AttemptResult result) implements Result {}

    /// Without one: the configuration that this node knows is too old to send by.
    record Postponed() implements Result {}
  }

  /// Makes the attempt that is due.
  ///
  /// @throws InterruptedException if the thread is interrupted while it sends
  Result run(Claim claim) throws InterruptedException {
    EndpointConfig endpoint = endpointConfig(claim);
    if (!lease.isLeaseFresh()) {
      return new Result.Postponed();
    }
    if (endpoint == null) {
      return new Result.Finished(new NotSent(claim, new Skip(SkipReason.CANCELLED)));
    }
    Verdict blocked = rules.check(claim, endpoint);
    if (blocked != null) {
      return new Result.Finished(new NotSent(claim, blocked));
    }
    return new Result.Finished(attempt(claim, endpoint));
  }

  private Sent attempt(Claim claim, EndpointConfig endpoint) throws InterruptedException {
    Instant startedAt = clock.instant();
    long startNanos = clock.nanoTime();
    SendResult result = signAndSend(claim, endpoint, startedAt);
    Duration duration = Duration.ofNanos(clock.nanoTime() - startNanos);
    AttemptDetails details =
        Attempt.keepsDetails(claim.trigger(), result.outcome())
            ? details(claim, endpoint, result)
            : null;
    Attempt attempt =
        new Attempt(ids.get(), claim.trigger(), startedAt, duration, result.outcome(), details);
    Verdict verdict = rules.decide(claim, attempt, endpointConfig(claim));
    return new Sent(claim, attempt, verdict, result.certificate());
  }

  private @Nullable EndpointConfig endpointConfig(Claim claim) {
    return lease.state().config().endpointConfig(claim.endpointId());
  }

  private SendResult signAndSend(Claim claim, EndpointConfig endpoint, Instant startedAt)
      throws InterruptedException {
    try {
      Duration timeout = rules.timeout(endpoint.endpoint());
      return transport.send(endpoint.requestFactory().create(claim, startedAt, timeout));
    } catch (RuntimeException bug) {
      log.error("An attempt of delivery {} failed unexpectedly; it is retried", claim.id(), bug);
      return SendResult.failed(
          ErrorClass.INVALID_RESPONSE, "The service failed; its log says why.", null);
    }
  }

  private static AttemptDetails details(Claim claim, EndpointConfig endpoint, SendResult result) {
    InetAddress address = result.address();
    return new AttemptDetails(
        endpoint.endpoint().url().toString(),
        claim.trigger() == Trigger.AUTOMATIC ? claim.dueAt() : null,
        address == null ? null : address.getHostAddress(),
        result.detail(),
        result.responseHeaders(),
        result.outcome().response() == null ? null : result.responseBytes(),
        claim.actor());
  }
}
