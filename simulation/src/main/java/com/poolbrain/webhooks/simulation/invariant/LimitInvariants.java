package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.simulation.scenario.ConfigurationChanges.State;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import com.poolbrain.webhooks.simulation.world.World.LiveNodeCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// No node sent more at a time, or a second, than its share of what an endpoint allows. A share is
/// right if it was by what held at some moment of the last second: so long a node may go without
/// hearing of others, or of a change.
public final class LimitInvariants {

  private static final long SECOND_NANOS = 1_000_000_000;
  private static final double ROUNDING_TOLERANCE = 1e-6;

  private final SimulationRun run;
  private final Violations violations;
  private final Map<QueueKey, List<SentRequest>> requestsByQueue = new LinkedHashMap<>();
  private final Map<SimulatedProcess, List<SentRequest>> requestsByProcess = new LinkedHashMap<>();
  private final Map<SimulatedProcess, List<LiveNodeCount>> liveNodeCounts = new HashMap<>();
  private final Map<UUID, SimulatedDelivery> automaticDeliveries = new HashMap<>();

  private record QueueKey(SimulatedProcess process, UUID endpointId, long companyId) {}

  /// What a node may do at a moment.
  ///
  /// @param rate null for no limit
  private record Share(int concurrency, @Nullable Double rate) {}

  /// @param redelivered deliveries that somebody tried to send again
  public LimitInvariants(SimulationRun run, Violations violations, Set<UUID> redelivered) {
    this.run = run;
    this.violations = violations;
    for (LiveNodeCount count : run.world().liveNodeCounts()) {
      liveNodeCounts.computeIfAbsent(count.process(), _ -> new ArrayList<>()).add(count);
    }
    for (SimulatedDelivery delivery : run.world().ledger().deliveries()) {
      if (delivery.info().trigger() == Trigger.AUTOMATIC && !redelivered.contains(delivery.id())) {
        automaticDeliveries.put(delivery.id(), delivery);
      }
    }
    for (SentRequest sentRequest : run.world().endpoints().requests()) {
      SimulatedDelivery delivery = automaticDeliveries.get(sentRequest.deliveryId());
      if (delivery != null) {
        long companyId = delivery.info().event().companyId();
        QueueKey queueKey =
            new QueueKey(sentRequest.process(), sentRequest.endpointId(), companyId);
        requestsByQueue.computeIfAbsent(queueKey, _ -> new ArrayList<>()).add(sentRequest);
        requestsByProcess
            .computeIfAbsent(sentRequest.process(), _ -> new ArrayList<>())
            .add(sentRequest);
      }
    }
  }

  public void check() {
    int maxInFlight = run.plot().params().engineSettings().maxInFlight();
    requestsByProcess.forEach(
        (node, sent) -> checkConcurrency(maxInFlight, sent, node.name() + " in all"));
    requestsByQueue.forEach(this::checkQueue);
  }

  private void checkConcurrency(int limit, List<SentRequest> sent, String where) {
    List<Long> ends = new ArrayList<>();
    for (SentRequest request : sent) {
      int running = countRunning(ends, request);
      violations.addUnless(running <= limit, () -> describe(request, running) + where);
    }
  }

  /// How many run when one more begins.
  private static int countRunning(List<Long> ends, SentRequest next) {
    ends.removeIf(end -> end <= next.sentAtNanos());
    ends.add(next.endedAtNanos());
    return ends.size();
  }

  private static String describe(SentRequest sentRequest, int running) {
    return sentRequest.describe() + " as one of " + running + " at a time to ";
  }

  private void checkQueue(QueueKey queueKey, List<SentRequest> sent) {
    List<Long> ends = new ArrayList<>();
    RateBucket rateBucket = new RateBucket();
    for (SentRequest request : sent) {
      int running = countRunning(ends, request);
      Share share = shareAt(queueKey, request.sentAtNanos());
      boolean wasResumed =
          run.nodes().stream().anyMatch(node -> node.wasResumedAt(request.sentAtNanos()));
      violations.addUnless(
          wasResumed || running <= share.concurrency(),
          () ->
              describe(request, running)
                  + TraceFormat.shortId(queueKey.endpointId())
                  + ", whose share is "
                  + share.concurrency());
      boolean hasChanged =
          wasResumed
              || hasShareChanged(
                  queueKey, rateBucket.lastNanos - SECOND_NANOS, request.sentAtNanos());
      violations.addUnless(
          rateBucket.tryTake(share.rate(), request.sentAtNanos(), hasChanged),
          () -> request.describe() + " faster than " + share.rate() + " a second");
    }
  }

  /// The largest share that was right within the last second.
  private Share shareAt(QueueKey queueKey, long atNanos) {
    int nodeCount = Integer.MAX_VALUE;
    for (LiveNodeCount count : liveNodeCounts.getOrDefault(queueKey.process(), List.of())) {
      if (count.atNanos() <= atNanos && count.atNanos() >= atNanos - SECOND_NANOS) {
        nodeCount = Math.min(nodeCount, count.count());
      }
    }
    nodeCount = nodeCount == Integer.MAX_VALUE ? 1 : Math.max(1, nodeCount);
    int concurrency = 1;
    Double rate = 0.0;
    List<State> states = run.configurationChanges().statesOf(queueKey.companyId());
    for (int i = 0; i < states.size(); i++) {
      boolean isRecent =
          i + 1 == states.size() || states.get(i + 1).fromNanos() >= atNanos - SECOND_NANOS;
      Endpoint endpoint = findEndpoint(states.get(i), queueKey.endpointId());
      if (endpoint != null && isRecent && states.get(i).fromNanos() <= atNanos) {
        concurrency = Math.max(concurrency, allowedConcurrency(endpoint) / nodeCount);
        Double configured = endpoint.deliveryOptions().ratePerSecond();
        rate =
            configured == null || rate == null
                ? null
                : Double.valueOf(Math.max(rate, configured / nodeCount));
      }
    }
    return new Share(concurrency, rate);
  }

  private int allowedConcurrency(Endpoint endpoint) {
    Integer configured = endpoint.deliveryOptions().maxConcurrency();
    return configured == null
        ? run.plot().params().engineSettings().endpointConcurrency()
        : configured;
  }

  private static @Nullable Endpoint findEndpoint(State state, UUID id) {
    for (Endpoint endpoint : state.config().endpoints()) {
      if (endpoint.id().equals(id)) {
        return endpoint;
      }
    }
    return null;
  }

  /// Whether shares changed then.
  private boolean hasShareChanged(QueueKey queueKey, long from, long to) {
    int previousCount = -1;
    for (LiveNodeCount count : liveNodeCounts.getOrDefault(queueKey.process(), List.of())) {
      if (count.atNanos() > to) {
        break;
      }
      if (previousCount >= 0 && count.count() != previousCount && count.atNanos() >= from) {
        return true;
      }
      previousCount = count.count();
    }
    return run.configurationChanges().statesOf(queueKey.companyId()).stream()
        .anyMatch(state -> state.fromNanos() >= from && state.fromNanos() <= to);
  }

  /// One second's worth at once after a rest, or after a change, and then no faster than the rate.
  private static final class RateBucket {
    private double tokens;
    private long lastNanos = -SECOND_NANOS;

    boolean tryTake(@Nullable Double rate, long now, boolean refill) {
      double limit = rate == null ? Double.MAX_VALUE : Math.max(1, rate);
      double filled = rate == null ? limit : tokens + (now - lastNanos) * rate / SECOND_NANOS;
      tokens = refill || lastNanos < 0 ? limit : Math.min(limit, filled);
      boolean hasToken = tokens >= 1 - ROUNDING_TOLERANCE;
      tokens -= 1;
      lastNanos = now;
      return hasToken;
    }
  }
}
