package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.demo.Demo;
import com.poolbrain.webhooks.cli.demo.InProcessService;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks demo`: the whole path at work.
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Shows the whole path at work on real parts: starts the service on a PostgreSQL of its own, a"
          + " consumer over HTTPS and a company, publishes real-looking events, and tells what becomes"
          + " of them. It checks itself, keeps nothing, and stays up until Ctrl-C.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything happened as it should",
      "1:something did not; it is named",
      "2:called wrongly"
    },
    footer = {
      "",
      "Examples:",
      "  webhooks demo                then look around with what it prints in the end",
      "  webhooks demo --once         exits by itself",
      "  webhooks demo --port 8080    the service's API there, instead of at any free port",
    })
final class DemoCommand implements Callable<Integer> {

  private static final String LOGBACK_CONFIGURATION = "com/poolbrain/webhooks/cli/demo/logback.xml";

  private final Terminal terminal;

  @Option(names = "--once", description = "Exit when the story is told.")
  private boolean once;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the service's API; any free one unless given.")
  private int port;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw CommandException.usageError("--port is a number from 0 to 65535.");
    }
    System.setProperty("logback.configurationFile", LOGBACK_CONFIGURATION);
    try (Demo demo = new Demo(terminal)) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
      boolean allChecksPassed = demo.run(port, InProcessService::start, !once);
      if (!once) {
        new CountDownLatch(1).await(); // until a signal ends the process
      }
      return allChecksPassed ? 0 : 1;
    }
  }
}
