package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.Submission;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A submission that somebody handed in at a node, and what was answered.
final class Publication {

  private final int number;
  private final Crew node;
  private final Submission submission;
  private final long versionBefore;
  private long versionAfter = -1;
  private @Nullable Acceptance acceptance;
  private @Nullable Throwable failure;

  /// @param versionBefore the configuration's, that was answered before it was handed in
  Publication(int number, Crew node, Submission submission, long versionBefore) {
    this.number = number;
    this.node = node;
    this.submission = submission;
    this.versionBefore = versionBefore;
  }

  int number() {
    return number;
  }

  Crew node() {
    return node;
  }

  Submission submission() {
    return submission;
  }

  long versionBefore() {
    return versionBefore;
  }

  /// The configuration's when the answer came.
  long versionAfter() {
    return versionAfter;
  }

  /// Hands it in and waits for the answer.
  void handIn(Engine engine, SimulatedLedger ledger) throws InterruptedException {
    try {
      acceptance = engine.accept(submission).get();
    } catch (ExecutionException problem) {
      failure = problem.getCause();
    }
    versionAfter = ledger.configuration().version();
  }

  boolean answered() {
    return versionAfter >= 0;
  }

  @Nullable Acceptance acceptance() {
    return acceptance;
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
