package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that somebody asked of one delivery or endpoint at a node, and what was answered.
public final class ManualCall {

  private final ScenarioEvent.ManualAction action;
  private final SimulatedProcess process;
  private final UUID targetId;
  private @Nullable Object result;

  /// @param targetId the delivery, of a test the endpoint
  ManualCall(ScenarioEvent.ManualAction action, SimulatedProcess process, UUID targetId) {
    this.action = action;
    this.process = process;
    this.targetId = targetId;
  }

  public ScenarioEvent.ManualAction action() {
    return action;
  }

  SimulatedProcess process() {
    return process;
  }

  public UUID targetId() {
    return targetId;
  }

  /// A `Trial`, a `Cancelling` or an exception; null if nothing was answered.
  @Nullable
  public Object result() {
    return result;
  }

  void result(Object newResult) {
    result = newResult;
  }
}
