package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.simulation.scenario.ScenarioParams;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDatabaseClock;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// No lane starves: where nothing goes wrong, nothing that is due waits for longer than a moment
/// while its endpoint has nothing to do and its node could send.
public final class StarvationInvariants {

  private static final Duration MAX_WAIT = Duration.ofMillis(1_200);

  /// Calls of the ledger for which an attempt may have to wait: its claim or the results before it
  /// come after a batch that is planned and stored anew while the configuration changes.
  private static final int MAX_LEDGER_CALLS = 16;

  private final SimulationRun run;
  private final Violations violations;
  private final Set<UUID> redelivered;
  private final List<SentRequest> requests;
  private final Map<UUID, List<SentRequest>> requestsByDelivery = new HashMap<>();
  private final Set<UUID> penalizedEndpoints = new HashSet<>();
  private final long maxWaitNanos;

  /// @param redelivered deliveries that somebody tried to send again
  public StarvationInvariants(SimulationRun run, Violations violations, Set<UUID> redelivered) {
    this.run = run;
    this.violations = violations;
    this.redelivered = redelivered;
    this.requests = run.world().endpoints().requests();
    this.maxWaitNanos =
        MAX_WAIT.toNanos() + MAX_LEDGER_CALLS * run.plot().params().maxLatencyNanos();
    for (SentRequest sentRequest : requests) {
      requestsByDelivery
          .computeIfAbsent(sentRequest.deliveryId(), _ -> new ArrayList<>(1))
          .add(sentRequest);
      Outcome outcome = sentRequest.outcome();
      if (outcome != null && outcome.failurePenalty() > 0) {
        penalizedEndpoints.add(sentRequest.endpointId());
      }
    }
  }

  public void check() {
    ScenarioParams params = run.plot().params();
    if (!params.isFaultFree() || params.nodeCount() > 1) {
      return;
    }
    for (SimulatedDelivery delivery : run.world().ledger().deliveries()) {
      if (delivery.info().trigger() == Trigger.AUTOMATIC
          && delivery.info().skipReason() == null
          && !redelivered.contains(delivery.id())
          && isUndisturbed(delivery)) {
        check(delivery);
      }
    }
  }

  /// Its company changed nothing, and nothing but work slows its endpoint down.
  private boolean isUndisturbed(SimulatedDelivery delivery) {
    var states = run.configurationChanges().statesOf(delivery.info().event().companyId());
    return states.size() == 1
        && !penalizedEndpoints.contains(delivery.info().endpointId())
        && states.getFirst().config().endpoints().stream()
            .filter(endpoint -> endpoint.id().equals(delivery.info().endpointId()))
            .map(Endpoint::deliveryOptions)
            .allMatch(deliveryOptions -> deliveryOptions.ratePerSecond() == null);
  }

  private void check(SimulatedDelivery delivery) {
    long dueNanos = toNanos(delivery.createdAt());
    List<SentRequest> sent = requestsByDelivery.getOrDefault(delivery.id(), List.of());
    for (int i = 0; i < sent.size() && i < delivery.attempts().size(); i++) {
      checkIdleTime(delivery, dueNanos, sent.get(i).sentAtNanos());
      if (delivery.attempts().get(i).verdict() instanceof Verdict.RetryAt(var next)) {
        dueNanos = toNanos(next);
      }
    }
  }

  private static long toNanos(Instant time) {
    return Duration.between(SimulatedDatabaseClock.START, time).toNanos();
  }

  /// Goes through the moments at which something ended or began while it waited.
  private void checkIdleTime(SimulatedDelivery delivery, long dueNanos, long sentAt) {
    if (sentAt - dueNanos <= maxWaitNanos) {
      return;
    }
    long idleSince = dueNanos;
    for (SentRequest other : requests) {
      boolean isSameEndpoint = other.endpointId().equals(delivery.info().endpointId());
      boolean overlaps = other.sentAtNanos() < sentAt && other.endedAtNanos() > idleSince;
      if (overlaps && (isSameEndpoint || isNodeFull(other.sentAtNanos()))) {
        checkInterval(delivery, idleSince, other.sentAtNanos());
        idleSince = Math.max(idleSince, Math.min(other.endedAtNanos(), sentAt));
      }
    }
    checkInterval(delivery, idleSince, sentAt);
  }

  /// Whether all that may run at a time ran then.
  private boolean isNodeFull(long atNanos) {
    long running =
        requests.stream()
            .filter(sentRequest ->
                sentRequest.sentAtNanos() <= atNanos && sentRequest.endedAtNanos() > atNanos)
            .limit(1_000)
            .count();
    return running >= run.plot().params().engineSettings().maxInFlight();
  }

  private void checkInterval(SimulatedDelivery delivery, long from, long to) {
    violations.addUnless(
        to - from <= maxWaitNanos,
        () ->
            "delivery %s waited from %.4f to %.4f while its endpoint had nothing to do"
                .formatted(TraceFormat.shortId(delivery.id()), from / 1e9, to / 1e9));
  }
}
