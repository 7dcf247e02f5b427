package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// No node exceeds its limit of attempts in flight, or its share of an endpoint's concurrency and
/// rate limits. A node may learn of other nodes and of configuration changes one second late, so
/// the largest share of the last second counts.
final class LimitInvariants {

  private static final long SECOND_NANOS = 1_000_000_000;
  private static final double ROUNDING_TOLERANCE = 1e-6;

  private final RunHistory history;
  private final Violations violations;
  private final Map<QueueKey, List<SentRequest>> requestsByQueue = new LinkedHashMap<>();
  private final Map<SimulatedProcess, List<SentRequest>> requestsByProcess = new LinkedHashMap<>();
  private final Map<SimulatedProcess, List<LiveNodeCount>> liveNodeCounts = new HashMap<>();

  private record QueueKey(SimulatedProcess process, UUID endpointId, long companyId) {}

  /// A node's share of the limits of an endpoint.
  ///
  /// @param rate attempts started a second; null for no limit
  private record Share(int concurrency, @Nullable Double rate) {}

  LimitInvariants(RunHistory history, Violations violations) {
    this.history = history;
    this.violations = violations;
    for (LiveNodeCount count : history.world().liveNodeCounts()) {
      liveNodeCounts.computeIfAbsent(count.process(), _ -> new ArrayList<>()).add(count);
    }
    for (SentRequest request : history.requests()) {
      SimulatedDelivery delivery = history.delivery(request.deliveryId());
      if (delivery != null && history.isAutomatic(delivery)) {
        SimulatedProcess process = request.process();
        long companyId = delivery.info().event().companyId();
        QueueKey queueKey = new QueueKey(process, request.endpointId(), companyId);
        requestsByQueue.computeIfAbsent(queueKey, _ -> new ArrayList<>()).add(request);
        requestsByProcess.computeIfAbsent(process, _ -> new ArrayList<>()).add(request);
      }
    }
  }

  void check() {
    int maxInFlight = history.params().engineSettings().maxInFlight();
    requestsByProcess.forEach((process, requests) -> {
      List<Long> ends = new ArrayList<>();
      for (SentRequest request : requests) {
        int inFlight = countInFlight(ends, request);
        violations.addUnless(
            inFlight <= maxInFlight,
            () -> describe(request, inFlight) + "over the node's limit of " + maxInFlight);
      }
    });
    requestsByQueue.forEach(this::checkQueue);
  }

  /// How many are in flight when the next one starts.
  private static int countInFlight(List<Long> ends, SentRequest next) {
    ends.removeIf(end -> end <= next.sentAtNanos());
    ends.add(next.endedAtNanos());
    return ends.size();
  }

  private static String describe(SentRequest request, int inFlight) {
    return request.describe() + " as one of " + inFlight + " in flight, ";
  }

  private void checkQueue(QueueKey queueKey, List<SentRequest> requests) {
    List<Long> ends = new ArrayList<>();
    RateBucket rateBucket = new RateBucket();
    for (SentRequest request : requests) {
      int inFlight = countInFlight(ends, request);
      Share share = shareAt(queueKey, request.sentAtNanos());
      boolean wasSentOnResume = history.wasSentOnResume(request);
      violations.addUnless(
          wasSentOnResume || inFlight <= share.concurrency(),
          () ->
              describe(request, inFlight)
                  + "over its share of %d for endpoint %s"
                      .formatted(share.concurrency(), TraceFormat.shortId(queueKey.endpointId())));
      boolean hasChanged =
          wasSentOnResume
              || hasShareChanged(
                  queueKey, rateBucket.lastNanos - SECOND_NANOS, request.sentAtNanos());
      violations.addUnless(
          rateBucket.tryTake(share.rate(), request.sentAtNanos(), hasChanged),
          () -> request.describe() + " over its share of " + share.rate() + " a second");
    }
  }

  /// The largest share that a node may have known within the last second.
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
    for (CompanyConfig config :
        history.configuration().inForce(queueKey.companyId(), atNanos - SECOND_NANOS, atNanos)) {
      Endpoint endpoint = config.endpoint(queueKey.endpointId());
      if (endpoint != null) {
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
        ? history.params().engineSettings().endpointConcurrency()
        : configured;
  }

  /// Whether the share of a node changed in an interval.
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
    return history.configuration().statesOf(queueKey.companyId()).stream()
        .anyMatch(state -> state.fromNanos() >= from && state.fromNanos() <= to);
  }

  /// A token bucket that holds one second's worth, and is full after a change. Written again here
  /// so that the engine's token bucket is not checked against itself.
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
