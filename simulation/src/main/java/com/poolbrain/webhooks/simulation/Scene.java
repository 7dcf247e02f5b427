package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.Submission;
import java.time.Duration;

/// Something that happens in a story. Nodes and companies are numbered from 0.
sealed interface Scene {

  /// When, counted from the beginning.
  Duration at();

  /// A publisher hands in something at a node.
  record Publish(Duration at, int node, Submission submission) implements Scene {}

  /// A customer changes the configuration of a company.
  ///
  /// @param pick which of its endpoints, and to what
  record Change(Duration at, int company, Edit what, int pick) implements Scene {}

  /// What a customer changes.
  enum Edit {
    TOGGLE,
    PAUSE,
    TICK,
    DELETE,
    MOVE,
    PACE
  }

  /// Somebody acts on one delivery, or tests an endpoint.
  ///
  /// @param pick which
  record ByHand(Duration at, int node, Action what, int pick) implements Scene {}

  /// What somebody does.
  enum Action {
    REDELIVER,
    CANCEL,
    TEST
  }

  /// A node is killed.
  ///
  /// @param steps after so many steps of any thread, so that it is in the middle of something
  record Kill(Duration at, int node, int steps) implements Scene {}

  /// A node is stopped and goes on later.
  record Pause(Duration at, int node, Duration lasting) implements Scene {}

  /// A node is shut down.
  record Close(Duration at, int node) implements Scene {}

  /// A node is started, if it is not up.
  record Start(Duration at, int node) implements Scene {}

  /// The ledger is away.
  record Storm(Duration at, Duration lasting) implements Scene {}

  /// Somebody sets the store's clock.
  record Jump(Duration at, Duration by) implements Scene {}
}
