package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.nio.file.Path;

/// Starts the service from the class path of the tests.
final class TestLaunchCommand {

  private TestLaunchCommand() {}

  static LaunchCommand inFolder(Path folder) {
    return new LaunchCommand(
        ServiceProcess.javaCommand(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", ServiceProcess.MAIN_CLASS, "serve")
            .command(),
        folder.resolve("runs"));
  }
}
