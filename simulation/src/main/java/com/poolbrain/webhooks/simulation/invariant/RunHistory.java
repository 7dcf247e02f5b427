package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.simulation.scenario.ManualCall;
import com.poolbrain.webhooks.simulation.scenario.ScenarioEvent;
import com.poolbrain.webhooks.simulation.scenario.ScenarioParams;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.world.ConfigurationHistory;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened in a simulation, indexed for the invariants.
final class RunHistory {

  private final SimulationRun run;
  private final Map<UUID, SimulatedDelivery> deliveries = new LinkedHashMap<>();
  private final Map<UUID, List<SimulatedDelivery>> deliveriesByEvent = new HashMap<>();
  private final Map<UUID, List<SentRequest>> requestsByDelivery = new HashMap<>();
  private final Set<UUID> redelivered = new HashSet<>();

  RunHistory(SimulationRun run) {
    this.run = run;
    for (SimulatedDelivery delivery : world().ledger().deliveries()) {
      deliveries.put(delivery.id(), delivery);
      deliveriesByEvent
          .computeIfAbsent(delivery.info().event().id(), _ -> new ArrayList<>(2))
          .add(delivery);
    }
    for (SentRequest request : requests()) {
      requestsByDelivery
          .computeIfAbsent(request.deliveryId(), _ -> new ArrayList<>(1))
          .add(request);
    }
    for (ManualCall manualCall : manualCalls()) {
      if (manualCall.action() == ScenarioEvent.ManualAction.REDELIVER) {
        redelivered.add(manualCall.targetId());
      }
    }
  }

  World world() {
    return run.world();
  }

  ScenarioParams params() {
    return run.scenario().params();
  }

  ConfigurationHistory configuration() {
    return world().ledger().configuration();
  }

  List<PublishCall> publishCalls() {
    return run.publishCalls();
  }

  List<ManualCall> manualCalls() {
    return run.manualCalls();
  }

  /// All deliveries, in the order of storing.
  Collection<SimulatedDelivery> deliveries() {
    return deliveries.values();
  }

  @Nullable SimulatedDelivery delivery(UUID id) {
    return deliveries.get(id);
  }

  List<SimulatedDelivery> deliveriesOf(UUID eventId) {
    return deliveriesByEvent.getOrDefault(eventId, List.of());
  }

  /// All requests, in the order of sending.
  List<SentRequest> requests() {
    return world().endpoints().requests();
  }

  /// The requests of one delivery, in the order of sending.
  List<SentRequest> requestsOf(SimulatedDelivery delivery) {
    return requestsByDelivery.getOrDefault(delivery.id(), List.of());
  }

  /// Whether a client asked to redeliver it, with any result.
  boolean wasRedelivered(UUID deliveryId) {
    return redelivered.contains(deliveryId);
  }

  /// Whether all requests of a delivery come from its schedule.
  boolean isAutomatic(SimulatedDelivery delivery) {
    return delivery.info().trigger() == Trigger.AUTOMATIC && !wasRedelivered(delivery.id());
  }

  /// Whether the request was sent when a node was resumed. The node's threads had then passed every
  /// check before the pause.
  boolean wasSentOnResume(SentRequest request) {
    return run.nodes().stream().anyMatch(node -> node.wasResumedAt(request.sentAtNanos()));
  }

  /// How much the times of different clocks may differ: jumps of the database's clock, and the
  /// latency of its readings.
  Duration clockTolerance() {
    return world().databaseClock().totalJump().plusNanos(2 * params().maxLatencyNanos() + 1_000);
  }
}
