package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.engine.intake.PublishRequest;
import java.time.Duration;

/// One event of a scenario. Nodes and companies are numbered from 0.
public sealed interface ScenarioEvent {

  /// Virtual time since the start.
  Duration at();

  /// A publisher sends a request to a node.
  record Publish(Duration at, int node, PublishRequest publishRequest) implements ScenarioEvent {}

  /// A customer changes the configuration of a company.
  ///
  /// @param seed decides which endpoint changes, and how
  record ChangeConfig(Duration at, int companyIndex, ConfigEdit edit, int seed)
      implements ScenarioEvent {}

  /// What a customer changes.
  enum ConfigEdit {
    TOGGLE_WEBHOOKS,
    TOGGLE_PAUSE,
    TOGGLE_SUBSCRIPTION,
    DELETE_ENDPOINT,
    CHANGE_URL,
    CHANGE_OPTIONS
  }

  /// A client calls a manual operation of a node.
  ///
  /// @param targetIndex chooses the delivery, for a test the endpoint
  record CallManually(Duration at, int node, ManualAction action, int targetIndex)
      implements ScenarioEvent {}

  /// The manual operations.
  enum ManualAction {
    REDELIVER,
    CANCEL,
    TEST
  }

  /// A node is killed.
  ///
  /// @param afterSteps steps of the scheduler until then, so that the node is in the middle of work
  record KillNode(Duration at, int node, int afterSteps) implements ScenarioEvent {}

  /// A node is paused and later resumed.
  record PauseNode(Duration at, int node, Duration duration) implements ScenarioEvent {}

  /// A node is shut down.
  record ShutDownNode(Duration at, int node) implements ScenarioEvent {}

  /// A node is started, if it does not run.
  record StartNode(Duration at, int node) implements ScenarioEvent {}

  /// The ledger is unavailable.
  record LedgerOutage(Duration at, Duration duration) implements ScenarioEvent {}

  /// The clock of the database jumps.
  record JumpClock(Duration at, Duration offset) implements ScenarioEvent {}
}
