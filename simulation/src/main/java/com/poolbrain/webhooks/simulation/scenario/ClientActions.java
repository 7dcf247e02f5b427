package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import com.poolbrain.webhooks.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks something of the nodes of a story: publishers, and people who act on one delivery or
/// endpoint.
final class ClientActions {

  private final World world;
  private final List<SimulatedNode> nodes;
  private final ConfigurationChanges configurationChanges;
  private final Participants participants;
  private final List<PublishCall> publishCalls = new ArrayList<>();
  private final List<ManualCall> manualCalls = new ArrayList<>();

  ClientActions(
      World world,
      List<SimulatedNode> nodes,
      ConfigurationChanges configurationChanges,
      Participants participants) {
    this.world = world;
    this.nodes = nodes;
    this.configurationChanges = configurationChanges;
    this.participants = participants;
  }

  List<PublishCall> publishCalls() {
    return publishCalls;
  }

  List<ManualCall> manualCalls() {
    return manualCalls;
  }

  /// What was asked of processes that live, and is not answered.
  List<String> unansweredCalls() {
    List<String> reasons = new ArrayList<>();
    for (PublishCall publishCall : publishCalls) {
      if (!publishCall.isAnswered() && !publishCall.process().isDead()) {
        reasons.add("publication " + publishCall.number() + " is not answered");
      }
    }
    for (ManualCall manualCall : manualCalls) {
      if (manualCall.result() == null && !manualCall.process().isDead()) {
        reasons.add(manualCall.action() + " " + manualCall.targetId() + " is not answered");
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
    world
        .trace()
        .add(
            node.name(),
            () ->
                "gets publication "
                    + publishCall.number()
                    + ": "
                    + TraceFormat.formatRequest(publishCall));
    node.call(() -> {
      publishCall.execute(node.engine(), world.ledger());
      world.trace().add(node.name(), () -> TraceFormat.formatResult(publishCall));
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
    world
        .trace()
        .add(
            node.name(),
            () -> "is asked to " + event.action() + " " + TraceFormat.shortId(targetId));
    node.call(() -> {
      manualCall.result(execute(node, manualCall));
      world.trace().add(node.name(), () -> event.action() + " → " + manualCall.result());
    });
  }

  private Object execute(SimulatedNode node, ManualCall manualCall) throws InterruptedException {
    try {
      UUID targetId = manualCall.targetId();
      return switch (manualCall.action()) {
        case TEST ->
            node.engine()
                .sendTest(
                    configurationChanges.companyIdOf(targetId),
                    targetId,
                    SimulatedEventTypes.CUSTOMER_STATUS_UPDATED,
                    ConfigurationChanges.testItem());
        case REDELIVER -> node.engine().redeliver(companyOfDelivery(targetId), targetId);
        case CANCEL -> node.engine().cancel(companyOfDelivery(targetId), targetId);
      };
    } catch (LedgerException exception) {
      return exception;
    }
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
