package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.simulation.scenario.ScenarioParams;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDatabaseClock;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// No queue starves: without faults, a due delivery does not wait longer than [#MAX_WAIT] while its
/// endpoint is idle and its node could send.
final class StarvationInvariants {

  private static final Duration MAX_WAIT = Duration.ofMillis(1_200);

  /// Half calls to the ledger that an attempt may wait for. Its claim, or the results before it,
  /// may come after a batch that is planned and stored again while the configuration changes.
  private static final int MAX_LEDGER_CALLS = 16;

  private final RunHistory history;
  private final Violations violations;
  private final Set<UUID> penalizedEndpoints = new HashSet<>();
  private final long maxWaitNanos;

  StarvationInvariants(RunHistory history, Violations violations) {
    this.history = history;
    this.violations = violations;
    this.maxWaitNanos = MAX_WAIT.toNanos() + MAX_LEDGER_CALLS * history.params().maxLatencyNanos();
    for (SentRequest request : history.requests()) {
      Outcome outcome = request.outcome();
      if (outcome != null && outcome.failurePenalty() > 0) {
        penalizedEndpoints.add(request.endpointId());
      }
    }
  }

  void check() {
    ScenarioParams params = history.params();
    if (!params.isFaultFree() || params.nodeCount() > 1) {
      return;
    }
    for (SimulatedDelivery delivery : history.deliveries()) {
      if (history.isAutomatic(delivery)
          && delivery.info().skipReason() == null
          && isUndisturbed(delivery)) {
        check(delivery);
      }
    }
  }

  /// Whether the configuration never changed and neither failures nor a rate limit slow the
  /// endpoint.
  private boolean isUndisturbed(SimulatedDelivery delivery) {
    var states = history.configuration().statesOf(delivery.info().event().companyId());
    UUID endpointId = delivery.info().endpointId();
    if (states.size() != 1 || penalizedEndpoints.contains(endpointId)) {
      return false;
    }
    Endpoint endpoint = states.getFirst().config().endpoint(endpointId);
    return endpoint == null || endpoint.deliveryOptions().ratePerSecond() == null;
  }

  private void check(SimulatedDelivery delivery) {
    long dueNanos = toNanos(delivery.createdAt());
    List<SentRequest> sent = history.requestsOf(delivery);
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

  /// Checks every interval of the wait in which the endpoint was idle and the node could send.
  private void checkIdleTime(SimulatedDelivery delivery, long dueNanos, long sentAt) {
    if (sentAt - dueNanos <= maxWaitNanos) {
      return;
    }
    long idleSince = dueNanos;
    for (SentRequest other : history.requests()) {
      boolean isSameEndpoint = other.endpointId().equals(delivery.info().endpointId());
      boolean overlaps = other.sentAtNanos() < sentAt && other.endedAtNanos() > idleSince;
      if (overlaps && (isSameEndpoint || isNodeFull(other.sentAtNanos()))) {
        checkInterval(delivery, idleSince, other.sentAtNanos());
        idleSince = Math.max(idleSince, Math.min(other.endedAtNanos(), sentAt));
      }
    }
    checkInterval(delivery, idleSince, sentAt);
  }

  private boolean isNodeFull(long atNanos) {
    return SentRequest.countInFlight(history.requests(), atNanos)
        >= history.params().engineSettings().maxInFlight();
  }

  private void checkInterval(SimulatedDelivery delivery, long from, long to) {
    violations.addUnless(
        to - from <= maxWaitNanos,
        () ->
            "delivery %s waited from %.4f to %.4f while its endpoint was idle"
                .formatted(TraceFormat.shortId(delivery.id()), from / 1e9, to / 1e9));
  }
}
