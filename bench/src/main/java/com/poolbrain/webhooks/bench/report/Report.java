package com.poolbrain.webhooks.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The results of one `bench run`, as stored in a JSON file.
///
/// @param date start of the run, RFC 3339
/// @param command the command line
/// @param machineBaseline null if it was not measured
public record Report(
    String date,
    String command,
    Machine machine,
    @Nullable MachineBaseline machineBaseline,
    List<ScenarioResult> results) {

  public Report {
    results = List.copyOf(results);
  }
}
