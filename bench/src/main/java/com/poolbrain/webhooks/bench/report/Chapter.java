package com.poolbrain.webhooks.bench.report;

import java.util.List;

/// What one scenario found.
///
/// @param scenario its name
/// @param about what it does, in a sentence
/// @param notes what no run and no finding says
public record Chapter(
    String scenario,
    String about,
    List<Measured> runs,
    List<Finding> findings,
    List<String> notes) {

  public Chapter {
    runs = List.copyOf(runs);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /// One without notes.
  public Chapter(String scenario, String about, List<Measured> runs, List<Finding> findings) {
    this(scenario, about, runs, findings, List.of());
  }
}
