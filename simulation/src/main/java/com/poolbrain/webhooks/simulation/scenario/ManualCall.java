package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import com.poolbrain.webhooks.simulation.world.TraceFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A call of a manual operation on one node, and its result.
public final class ManualCall {

  private final ScenarioEvent.ManualAction action;
  private final SimulatedProcess process;
  private final UUID targetId;
  private @Nullable Object result;

  /// @param targetId the delivery, for a test the endpoint
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

  /// @param newResult a [ManualAttemptResult], a [CancelResult] or a [LedgerException]
  void complete(Object newResult) {
    result = newResult;
  }

  boolean isAnswered() {
    return result != null;
  }

  /// Whether the result is that the delivery was cancelled.
  public boolean hasCancelled() {
    return result == CancelResult.CANCELLED;
  }

  String describe() {
    return action + " " + TraceFormat.shortId(targetId);
  }
}
