package com.poolbrain.webhooks.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one scenario found.
///
/// @param scenario its name
/// @param about what it does, in a sentence
/// @param notes what no run and no finding says
/// @param failure why it could not be done to the end; null if it was
public record Chapter(
    String scenario,
    String about,
    List<Measured> runs,
    List<Finding> findings,
    List<String> notes,
    @Nullable String failure) {

  public Chapter {
    runs = List.copyOf(runs);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /// One without notes.
  public Chapter(String scenario, String about, List<Measured> runs, List<Finding> findings) {
    this(scenario, about, runs, findings, List.of(), null);
  }

  /// One that could not be done to the end.
  ///
  /// @param runs those that were
  public static Chapter failed(String scenario, String about, List<Measured> runs, Exception why) {
    String what = why.getMessage() == null ? why.toString() : why.getMessage();
    return new Chapter(scenario, about, runs, List.of(), List.of(), what);
  }

  /// Whether it was done to the end, and nothing was lost and nothing came that should not.
  public boolean isWhole() {
    return failure == null
        && runs.stream().allMatch(run -> run.counts().lost() == 0 && run.counts().wrong() == 0);
  }
}
