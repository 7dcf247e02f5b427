package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import com.poolbrain.webhooks.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The clients of the nodes: they publish, and call the manual operations.
final class ClientActions {

  private static final String ACTOR = "key of the simulation";

  private final World world;
  private final List<SimulatedNode> nodes;
  private final Participants participants;
  private final List<PublishCall> publishCalls = new ArrayList<>();
  private final List<ManualCall> manualCalls = new ArrayList<>();

  ClientActions(World world, List<SimulatedNode> nodes, Participants participants) {
    this.world = world;
    this.nodes = nodes;
    this.participants = participants;
  }

  List<PublishCall> publishCalls() {
    return publishCalls;
  }

  List<ManualCall> manualCalls() {
    return manualCalls;
  }

  /// Describes the calls to live nodes that have not returned.
  List<String> unansweredCalls() {
    List<String> reasons = new ArrayList<>();
    for (PublishCall publishCall : publishCalls) {
      if (!publishCall.isAnswered() && !publishCall.process().isDead()) {
        reasons.add("publish call " + publishCall.number() + " has not returned");
      }
    }
    for (ManualCall manualCall : manualCalls) {
      if (!manualCall.isAnswered() && !manualCall.process().isDead()) {
        reasons.add(manualCall.describe() + " has not returned");
      }
    }
    return reasons;
  }

  void publish(ScenarioEvent.Publish event) {
    SimulatedNode node = findServingNode(event.node());
    if (node == null) {
      return;
    }
    PublishCall publishCall =
        new PublishCall(
            publishCalls.size(),
            node.process(),
            event.publishRequest(),
            world.ledger().configuration().version());
    publishCalls.add(publishCall);
    world.trace(
        node.name(),
        () ->
            "receives publish call "
                + publishCall.number()
                + ": "
                + TraceFormat.formatRequest(publishCall));
    node.call(() -> {
      publishCall.execute(node.engine(), world.ledger());
      world.trace(node.name(), () -> TraceFormat.formatResult(publishCall));
    });
  }

  void callManually(ScenarioEvent.CallManually event) {
    SimulatedNode node = findServingNode(event.node());
    List<UUID> targetIds =
        event.action() == ScenarioEvent.ManualAction.TEST
            ? List.copyOf(participants.behaviors().keySet())
            : world.ledger().deliveries().stream().map(SimulatedDelivery::id).toList();
    if (node == null || targetIds.isEmpty()) {
      return;
    }
    UUID targetId = targetIds.get(event.targetIndex() % targetIds.size());
    ManualCall manualCall = new ManualCall(event.action(), node.process(), targetId);
    manualCalls.add(manualCall);
    world.trace(node.name(), () -> "is asked to " + manualCall.describe());
    node.call(() -> {
      Object result = execute(node, manualCall);
      manualCall.complete(result);
      world.trace(node.name(), () -> event.action() + " → " + result);
    });
  }

  private Object execute(SimulatedNode node, ManualCall manualCall) throws InterruptedException {
    try {
      UUID targetId = manualCall.targetId();
      return switch (manualCall.action()) {
        case TEST ->
            node.engine()
                .sendTest(
                    companyOfEndpoint(targetId),
                    targetId,
                    SimulatedEventTypes.CUSTOMER_STATUS_UPDATED,
                    PublishRequestFactory.testItem(),
                    ACTOR);
        case REDELIVER -> node.engine().redeliver(companyOfDelivery(targetId), targetId, ACTOR);
        case CANCEL -> node.engine().cancel(companyOfDelivery(targetId), targetId);
      };
    } catch (LedgerException exception) {
      return exception;
    }
  }

  private long companyOfEndpoint(UUID id) {
    return world.ledger().configuration().current().stream()
        .filter(config -> config.endpoint(id) != null)
        .findFirst()
        .orElseThrow()
        .company()
        .id();
  }

  private long companyOfDelivery(UUID id) {
    return world.ledger().deliveries().stream()
        .filter(delivery -> delivery.id().equals(id))
        .findFirst()
        .orElseThrow()
        .info()
        .event()
        .companyId();
  }

  private @Nullable SimulatedNode findServingNode(int preferredIndex) {
    for (int i = 0; i < nodes.size(); i++) {
      SimulatedNode node = nodes.get((preferredIndex + i) % nodes.size());
      if (node.isServing()) {
        return node;
      }
    }
    return null;
  }
}
