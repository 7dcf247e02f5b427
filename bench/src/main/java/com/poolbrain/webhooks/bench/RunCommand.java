package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `./webhooks bench run`: throughput and latency.
@Command(name = "run", sortOptions = false, description = "Measures throughput and latency.")
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Path folder = Files.createTempDirectory("webhooks-bench");
    try (Bench bench = new Bench(folder, List.of())) {
      bench.service().company(40);
      bench.service().endpoint(40, bench.url("/ok"));
      Target target = bench.service().target(40);
      terminal.say(bench.run(new Bench.Load("throughput", 64, 1, 0, 15), target, 1).toString());
    }
    return 0;
  }
}
