package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.report.Chapter;
import java.io.IOException;
import java.sql.SQLException;

/// Something that is measured about our own service.
public interface Scenario {

  /// What it is called on the command line.
  String name();

  /// What it does, in a sentence.
  String about();

  /// How long it takes, about, in seconds: without the start of the service and the warm-up.
  int seconds(Pace pace);

  /// Does it.
  Chapter run(Stand stand) throws IOException, InterruptedException, SQLException;
}
