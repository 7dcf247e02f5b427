package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.cli.terminal.Failure;
import java.nio.file.Path;
import java.util.List;

/// How our service is started, and where there is room for what a run needs.
///
/// @param serve the command
/// @param folder on a real disk, because what is measured ends there
public record Program(List<String> serve, Path folder) {

  public Program {
    serve = List.copyOf(serve);
  }

  /// The launcher of this repository, so that the service runs as its users run it.
  public static Program ofLauncher() {
    String home = System.getProperty("webhooks.home");
    if (home == null) {
      throw Failure.usage("start the bench as ./webhooks bench, which says where the service is.");
    }
    Path root = Path.of(home);
    return new Program(
        List.of(root.resolve("webhooks").toString(), "serve"), root.resolve("bench/target/bench"));
  }
}
