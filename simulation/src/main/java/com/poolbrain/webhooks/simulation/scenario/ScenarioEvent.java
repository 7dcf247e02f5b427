package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.engine.intake.PublishRequest;
import java.time.Duration;

/// Something that happens in a story. Nodes and companies are numbered from 0.
public sealed interface ScenarioEvent {

  /// When, counted from the beginning.
  Duration at();

  /// A publisher hands in something at a node.
  record Publish(Duration at, int node, PublishRequest publishRequest) implements ScenarioEvent {}

  /// A customer changes the configuration of a company.
  ///
  /// @param seed decides which of its endpoints changes, and to which value
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

  /// Somebody acts on one delivery, or tests an endpoint.
  ///
  /// @param targetIndex which
  record CallManually(Duration at, int node, ManualAction action, int targetIndex)
      implements ScenarioEvent {}

  /// What somebody does.
  enum ManualAction {
    REDELIVER,
    CANCEL,
    TEST
  }

  /// A node is killed.
  ///
  /// @param afterSteps after so many steps of any thread, so that it is in the middle of something
  record KillNode(Duration at, int node, int afterSteps) implements ScenarioEvent {}

  /// A node is stopped and goes on later.
  record PauseNode(Duration at, int node, Duration duration) implements ScenarioEvent {}

  /// A node is shut down.
  record ShutDownNode(Duration at, int node) implements ScenarioEvent {}

  /// A node is started, if it is not up.
  record StartNode(Duration at, int node) implements ScenarioEvent {}

  /// The ledger is away.
  record LedgerOutage(Duration at, Duration duration) implements ScenarioEvent {}

  /// Somebody sets the store's clock.
  record JumpClock(Duration at, Duration offset) implements ScenarioEvent {}
}
