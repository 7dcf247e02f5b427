package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.service.LaunchCommand;
import java.nio.file.Path;
import java.util.List;

/// Starts the service from the class path of the tests.
final class TestLaunchCommand {

  private TestLaunchCommand() {}

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
