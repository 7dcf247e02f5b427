package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.service.LaunchCommand;
import java.nio.file.Path;
import java.util.List;

/// How tests start the service: from the classes that were just compiled.
final class TestLaunchCommand {

  private TestLaunchCommand() {}

  /// @param folder for what a run needs
  static LaunchCommand inFolder(Path folder) {
    return new LaunchCommand(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "com.poolbrain.webhooks.cli.Main",
            "serve"),
        folder.resolve("runs"));
  }
}
