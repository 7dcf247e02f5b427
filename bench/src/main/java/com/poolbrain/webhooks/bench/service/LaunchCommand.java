package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.nio.file.Path;
import java.util.List;

/// How the service is started, and where its data is kept.
///
/// @param workFolder on a real disk, because the disk is part of what is measured
public record LaunchCommand(List<String> command, Path workFolder) {

  public LaunchCommand {
    command = List.copyOf(command);
  }

  /// The launcher of this repository: the service runs as in production.
  public static LaunchCommand ofLauncher() {
    String home = System.getProperty("webhooks.home");
    if (home == null) {
      throw CommandException.usageError(
          "The bench does not know where the service is. Start it as ./webhooks bench.");
    }
    Path projectFolder = Path.of(home);
    return new LaunchCommand(
        List.of(projectFolder.resolve("webhooks").toString(), "serve"),
        projectFolder.resolve("bench/target/bench"));
  }
}
