package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.EventPublisher;
import com.poolbrain.webhooks.cli.api.PortalLinkMaker;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
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
///   boolean allChecksPassed = demo.run(0, false);
/// }
/// ```
public final class Demo implements AutoCloseable {

  private final Terminal terminal;
  private final ReentrantLock lock = new ReentrantLock();
  private final CloseStack closeStack = new CloseStack();
  private @Nullable DemoEnvironment environment;

  /// A demo that prints to this terminal.
  public Demo(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Starts the service and the receiver, and runs the script.
  ///
  /// @param port of the service, 0 for any free port
  /// @param isKeptRunning whether to print which calls to try next
  /// @return whether all checks passed
  public boolean run(int port, boolean isKeptRunning) throws InterruptedException {
    terminal.println("Starting PostgreSQL, the service and an HTTPS receiver ...");
    DemoEnvironment started = start(port);
    environment = started;
    terminal.println("The service is ready at " + started.serviceUrl());
    try (ApiClient apiClient = new ApiClient(started.serviceUrl(), started.adminKey())) {
      boolean allChecksPassed = runScript(apiClient, started.listener());
      if (isKeptRunning) {
        printNextSteps(apiClient, started);
      }
      return allChecksPassed;
    } catch (CommandException e) {
      if (closeStack.isClosed()) {
        return false; // the user ended the demo, so a failed call needs no message
      }
      throw e;
    }
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

  private boolean runScript(ApiClient apiClient, WebhookListener listener)
      throws InterruptedException {
    DemoOutput output = new DemoOutput(terminal);
    DemoCompany company = new DemoCompany(apiClient, listener);
    EventPublisher eventPublisher = new EventPublisher(apiClient, DemoCompany.ID);
    List<JsonNode> publishResults = new DemoScript(company, eventPublisher, output).run();
    new DemoSummary(apiClient, company, output).verifyAndPrint(publishResults);
    return output.failedChecks() == 0;
  }

  private void printNextSteps(ApiClient apiClient, DemoEnvironment running) {
    String curl = "  curl -H \"Authorization: Bearer $WEBHOOKS_ADMIN_KEY\" ";
    URI deliveries = apiClient.url("/companies/" + DemoCompany.ID + "/deliveries");
    terminal.println("");
    terminal.println("The service runs until Ctrl-C. Try in another terminal:");
    terminal.println("");
    terminal.println("  export WEBHOOKS_ADMIN_KEY=" + running.adminKey());
    terminal.println(curl + deliveries);
    terminal.println(curl + deliveries + "/ID     # with the id of a delivery above");
    terminal.println("  ./webhooks trigger customer.created --url " + running.serviceUrl());
    terminal.println("");
    terminal.println(
        "The settings page, as a manager (each link opens it once; Enter makes another):");
    printLink(apiClient);
    terminal.println("The support console, with the operator key as API key:");
    terminal.println("  " + running.serviceUrl() + "/support");
    terminal.println("  " + running.adminKey());
  }

  private void printLink(ApiClient apiClient) {
    terminal.println("  " + new PortalLinkMaker(apiClient).make(DemoCompany.ID, "manager"));
  }

  /// Prints another link for each line of the input, until it ends.
  public void printLinks(BufferedReader input) throws IOException {
    DemoEnvironment running = environment;
    if (running == null) {
      return;
    }
    try (ApiClient apiClient = new ApiClient(running.serviceUrl(), running.adminKey())) {
      while (input.readLine() != null) {
        printLink(apiClient);
      }
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
