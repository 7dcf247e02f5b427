package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.demo.Demo;
import com.poolbrain.webhooks.cli.terminal.PortConverter;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./webhooks demo`: publishes events to a temporary service and checks the deliveries.
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Demonstrates deliveries: starts the service on a temporary PostgreSQL and an HTTPS receiver,"
          + " creates a company with endpoints, publishes sample events, and prints and checks the"
          + " deliveries. Then it goes on publishing until Ctrl-C, and prints a link into the"
          + " settings page. Deletes its data at the end.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all checks passed",
      "1:a check failed, or the demo could not start",
      "2:invalid arguments"
    },
    footer = {
      "",
      "Examples:",
      "  webhooks demo                then try the commands that it prints",
      "  webhooks demo --once         exits after the last check",
      "  webhooks demo --open         opens the settings page in the browser",
      "  webhooks demo --port 8080    the API on this port",
    })
final class DemoCommand implements Callable<Integer> {

  private static final String LOGBACK_CONFIGURATION = "com/poolbrain/webhooks/cli/demo/logback.xml";

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--once", description = "Exit after the last check.")
  private boolean once;

  @Option(names = "--open", description = "Open the settings page in the browser. Not with --once.")
  private boolean open;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      converter = PortConverter.class,
      description = "Port of the API (default: any free port).")
  private int port;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (once && open) {
      throw new ParameterException(
          spec.commandLine(),
          "--once ends the service, so --open has nothing to show; leave one out.");
    }
    System.setProperty("logback.configurationFile", LOGBACK_CONFIGURATION);
    try (Demo demo = new Demo(terminal)) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
      boolean allChecksPassed = demo.run(port);
      if (!once) {
        demo.keepRunning(open);
        demo.printLinks(
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
        new CountDownLatch(1).await(); // until a signal ends the process
      }
      return allChecksPassed ? 0 : 1;
    }
  }
}
