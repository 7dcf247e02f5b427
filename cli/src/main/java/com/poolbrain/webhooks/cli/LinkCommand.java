package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.PortalLinkMaker;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./webhooks link`: makes a link into the settings page.
@Command(
    name = "link",
    sortOptions = false,
    description = {
      "Makes a link into the settings page of a company. It opens the page once, within five minutes.",
    },
    footer = {
      "",
      "Examples:",
      "  webhooks link 40             for a manager, who may change everything",
      "  webhooks link 40 --viewer    for a viewer, who may read only",
    })
final class LinkCommand implements Runnable {

  @Mixin private final ServiceOption service = new ServiceOption();
  private final Terminal terminal;

  @Parameters(paramLabel = "COMPANY", description = "Id of the company.")
  private long companyId;

  @Option(names = "--viewer", description = "A link for a viewer instead of a manager.")
  private boolean isViewer;

  LinkCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    try (ApiClient apiClient = service.createClient()) {
      terminal.println(
          new PortalLinkMaker(apiClient).make(companyId, isViewer ? "viewer" : "manager"));
    }
  }
}
