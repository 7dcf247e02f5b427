package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.nio.file.Path;
import java.util.List;

/// How our service is started, and where there is room for what a run needs.
///
/// @param command the command
/// @param workFolder on a real disk, because what is measured ends there
public record LaunchCommand(List<String> command, Path workFolder) {

  public LaunchCommand {
    command = List.copyOf(command);
  }

  /// The launcher of this repository, so that the service runs as its users run it.
  public static LaunchCommand ofLauncher() {
    String home = System.getProperty("webhooks.home");
    if (home == null) {
      throw CommandException.usageError(
          "start the bench as ./webhooks bench, which says where the service is.");
    }
    Path projectFolder = Path.of(home);
    return new LaunchCommand(
        List.of(projectFolder.resolve("webhooks").toString(), "serve"),
        projectFolder.resolve("bench/target/bench"));
  }
}
