package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.EventPublisher;
import com.poolbrain.webhooks.cli.api.PortalLinkMaker;
import com.poolbrain.webhooks.cli.terminal.BrowserLauncher;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A demonstration that publishes events to a real service, prints the deliveries and checks them.
///
/// ```
/// try (Demo demo = new Demo(terminal)) {
///   boolean allChecksPassed = demo.run(0);
///   demo.keepRunning(false);
/// }
/// ```
public final class Demo implements AutoCloseable {

  private final Terminal terminal;
  private final ReentrantLock lock = new ReentrantLock();
  private final CloseStack closeStack = new CloseStack();
  private @Nullable Running running;

  /// What has been started.
  ///
  /// @param apiClient of the script
  private record Running(DemoEnvironment environment, ApiClient apiClient, DemoCompany company) {}

  /// A demo that prints to this terminal.
  public Demo(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Starts the service and the receiver, and runs the script.
  ///
  /// @param port of the service, 0 for any free port
  /// @return whether all checks passed
  public boolean run(int port) throws InterruptedException {
    terminal.println("Starting PostgreSQL, the service and an HTTPS receiver ...");
    DemoEnvironment environment = start(port);
    terminal.println("The service is ready at " + environment.serviceUrl());
    ApiClient apiClient = closeStack.keep(apiClient(environment));
    DemoCompany company = new DemoCompany(apiClient, environment.listener());
    running = new Running(environment, apiClient, company);
    try {
      return runScript(apiClient, company);
    } catch (CommandException e) {
      return unlessEnded(e);
    }
  }

  private static ApiClient apiClient(DemoEnvironment environment) {
    return new ApiClient(environment.serviceUrl(), environment.adminKey());
  }

  /// If the user ended the demo, a failed call needs no message.
  private boolean unlessEnded(CommandException e) {
    if (closeStack.isClosed()) {
      return false;
    }
    throw e;
  }

  private DemoEnvironment start(int port) {
    lock.lock();
    try {
      if (closeStack.isClosed()) {
        throw CommandException.of("interrupted while the demo was starting.");
      }
      return DemoEnvironment.start(port, closeStack);
    } finally {
      lock.unlock();
    }
  }

  private boolean runScript(ApiClient apiClient, DemoCompany company) throws InterruptedException {
    DemoOutput output = new DemoOutput(terminal);
    EventPublisher eventPublisher = new EventPublisher(apiClient, DemoCompany.ID);
    List<JsonNode> publishResults = new DemoScript(company, eventPublisher, output).run();
    new DemoSummary(apiClient, company, output).verifyAndPrint(publishResults);
    return output.failedChecks() == 0;
  }

  /// Goes on publishing at a leisurely pace, and prints how to look at it.
  ///
  /// @param opensBrowser whether the browser opens the settings page
  public void keepRunning(boolean opensBrowser) {
    Running started = running;
    if (started == null) {
      return;
    }
    started.company().webhookLog().close();
    try {
      closeStack.start(
          new DemoTraffic(apiClient(started.environment()), started.company(), terminal));
      printNextSteps(started.apiClient(), started.environment());
      if (opensBrowser) {
        BrowserLauncher.ofSystem().open(makeLink(started.apiClient()));
      }
    } catch (CommandException e) {
      unlessEnded(e);
    }
  }

  private void printNextSteps(ApiClient apiClient, DemoEnvironment environment) {
    String curl = "  curl -H \"Authorization: Bearer $WEBHOOKS_ADMIN_KEY\" ";
    URI deliveries = apiClient.url("/companies/" + DemoCompany.ID + "/deliveries");
    terminal.println("");
    terminal.println("The service runs until Ctrl-C, and an event is published every two seconds.");
    terminal.println("Try in another terminal:");
    terminal.println("");
    terminal.println("  export WEBHOOKS_ADMIN_KEY=" + environment.adminKey());
    terminal.println(curl + deliveries);
    terminal.println(curl + deliveries + "/ID     # with the id of a delivery above");
    terminal.println("  ./webhooks trigger customer.created --url " + environment.serviceUrl());
    terminal.println("");
    terminal.println(
        "The settings page, as a manager (each link opens it once; Enter makes another):");
    printLink(apiClient);
    terminal.println("The support console, with the operator key as API key:");
    terminal.println("  " + environment.serviceUrl() + "/support");
    terminal.println("  " + environment.adminKey());
  }

  private void printLink(ApiClient apiClient) {
    terminal.println("  " + makeLink(apiClient));
  }

  private static String makeLink(ApiClient apiClient) {
    return new PortalLinkMaker(apiClient).make(DemoCompany.ID, "manager");
  }

  /// Prints another link for each line of the input, until it ends.
  public void printLinks(BufferedReader input) throws IOException {
    Running started = running;
    try {
      while (started != null && input.readLine() != null) {
        printLink(started.apiClient());
      }
    } catch (CommandException e) {
      unlessEnded(e);
    }
  }

  /// Closes all parts. A start that is under way is finished first, so that nothing is left behind.
  @Override
  public void close() {
    lock.lock();
    try {
      closeStack.close();
    } finally {
      lock.unlock();
    }
  }
}
