package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.report.ScenarioResult;
import java.io.IOException;
import java.sql.SQLException;

/// Something that is measured about our own service.
public interface Scenario {

  /// What it is called on the command line.
  String name();

  /// What it does, in a sentence.
  String description();

  /// How long it takes, about, in seconds: without the start of the service and the warm-up.
  int estimateSeconds(RunOptions runOptions);

  /// Does it.
  ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException;
}
