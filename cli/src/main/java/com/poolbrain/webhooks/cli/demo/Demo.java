package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.EventPublisher;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Shows the whole path at work on real parts, and checks itself.
///
/// ```
/// try (Demo demo = new Demo(terminal)) {
///   boolean allHolds = demo.run(0, start, false);
/// }
/// ```
public final class Demo implements AutoCloseable {

  private final Terminal terminal;
  private final DemoEnvironment demoEnvironment = new DemoEnvironment();

  /// A demo that tells its story here.
  public Demo(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Starts the parts and tells the story.
  ///
  /// @param port of the service, 0 for any free one
  /// @param serviceFactory makes a service of the settings in an environment
  /// @param isKeptRunning whether to say how to look around in what is there then
  /// @return whether everything happened as it should
  public boolean run(
      int port, Function<Map<String, String>, DemoService> serviceFactory, boolean isKeptRunning)
      throws InterruptedException {
    terminal.println("Starting PostgreSQL, the service and a consumer ...");
    DemoEnvironment.Started started = demoEnvironment.start(port, serviceFactory);
    terminal.println("The service is ready at " + started.serviceUrl());
    try (ApiClient apiClient = new ApiClient(started.serviceUrl(), started.adminKey())) {
      boolean allChecksPassed = runScript(apiClient, started);
      if (isKeptRunning) {
        printNextSteps(apiClient, started);
      }
      return allChecksPassed;
    } catch (CommandException e) {
      if (demoEnvironment.isClosed()) {
        return false; // somebody ended the demo, and its story with it: that is no news
      }
      throw e;
    }
  }

  private boolean runScript(ApiClient apiClient, DemoEnvironment.Started started)
      throws InterruptedException {
    DemoOutput demoOutput = new DemoOutput(terminal);
    Checks checks = new Checks(demoOutput);
    DemoCompany company = new DemoCompany(apiClient, started.listener());
    List<JsonNode> publishResults =
        new DemoScript(company, new EventPublisher(apiClient, DemoCompany.ID), demoOutput, checks)
            .run();
    new DemoSummary(apiClient, company, demoOutput, checks, InstantSource.system())
        .verifyAndPrint(publishResults);
    return checks.failedCount() == 0;
  }

  private void printNextSteps(ApiClient apiClient, DemoEnvironment.Started started) {
    String curl = "  curl -H \"Authorization: Bearer $WEBHOOKS_ADMIN_KEY\" ";
    URI deliveries = apiClient.url("/companies/" + DemoCompany.ID + "/deliveries");
    terminal.println("");
    terminal.println("The service stays up until Ctrl-C. Look around in another terminal:");
    terminal.println("");
    terminal.println("  export WEBHOOKS_ADMIN_KEY=" + started.adminKey());
    terminal.println(curl + deliveries);
    terminal.println(curl + deliveries + "/ID     # one of the deliveries above");
    terminal.println("  ./webhooks trigger customer.created --url " + started.serviceUrl());
  }

  /// Ends all parts. Closing twice is fine.
  @Override
  public void close() {
    demoEnvironment.close();
  }
}
