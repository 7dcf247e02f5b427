package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.ResultPrinter.Column;
import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.PagedList;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./webhooks companies`: companies.
@Command(
    name = "companies",
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists and shows companies.",
    footer = {"", "Examples:", "  webhooks companies list", "  webhooks companies get 40 --json"})
final class CompaniesCommand implements Runnable {

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  CompaniesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: list or get.");
  }

  @Command(
      name = "list",
      sortOptions = false,
      description = "Lists companies by their ids.",
      footer = {"", "Examples:", "  webhooks companies list --limit 1000 --json"})
  int list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many.")
          int limit,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service) {
    try (ApiClient client = service.createClient()) {
      printer.print(
          terminal,
          new PagedList("/companies", "data").read(client, limit),
          "No companies.",
          Column.of("id"),
          Column.of("name"),
          Column.of("webhooks_enabled"));
      return 0;
    }
  }

  @Command(
      name = "get",
      sortOptions = false,
      description = "Shows a company.",
      footer = {"", "Examples:", "  webhooks companies get 40"})
  int get(
      @Parameters(paramLabel = "ID", description = "Id of the company.") long id,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service) {
    try (ApiClient client = service.createClient()) {
      printer.print(terminal, client.get("/companies/" + id), ResultPrinter::fields);
      return 0;
    }
  }
}
