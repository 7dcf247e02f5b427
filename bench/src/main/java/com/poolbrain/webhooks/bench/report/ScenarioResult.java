package com.poolbrain.webhooks.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of one scenario.
///
/// @param scenario its name
/// @param notes results that are neither runs nor targets
/// @param failure why the scenario ended early; null if it completed
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

  /// Whether the scenario completed and every run was correct.
  public boolean isSuccessful() {
    return failure == null && runs.stream().allMatch(RunResult::isCorrect);
  }
}
