package com.poolbrain.webhooks.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one call of the bench found: one JSON file.
///
/// @param date when it began, RFC 3339
/// @param command the call
/// @param machineBaseline null if they were not measured
public record Report(
    String date,
    String command,
    Machine machine,
    @Nullable MachineBaseline machineBaseline,
    List<ScenarioResult> chapters) {

  public Report {
    chapters = List.copyOf(chapters);
  }
}
