package com.poolbrain.webhooks.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one scenario found.
///
/// @param scenario its name
/// @param description what it does, in a sentence
/// @param notes what no run and no finding says
/// @param failure why it could not be done to the end; null if it was
public record ScenarioResult(
    String scenario,
    String description,
    List<RunResult> runs,
    List<TargetCheck> targetChecks,
    List<String> notes,
    @Nullable String failure) {

  public ScenarioResult {
    runs = List.copyOf(runs);
    targetChecks = List.copyOf(targetChecks);
    notes = List.copyOf(notes);
  }

  /// One without notes.
  public ScenarioResult(
      String scenario, String description, List<RunResult> runs, List<TargetCheck> targetChecks) {
    this(scenario, description, runs, targetChecks, List.of(), null);
  }

  /// One that could not be done to the end.
  ///
  /// @param runs those that were
  public static ScenarioResult failed(
      String scenario, String description, List<RunResult> runs, Exception cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new ScenarioResult(scenario, description, runs, List.of(), List.of(), message);
  }

  /// Whether it was done to the end, and nothing was lost and nothing came that should not.
  public boolean isSuccessful() {
    return failure == null
        && runs.stream()
            .allMatch(run -> run.counts().lost() == 0 && run.counts().unexpected() == 0);
  }
}
