package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.ResultPrinter.Column;
import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.PagedList;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/// `./webhooks jobs`: background jobs.
@Command(
    name = "jobs",
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, follows and cancels background jobs.",
    footer = {
      "",
      "Examples:",
      "  webhooks jobs list --company 40",
      "  webhooks jobs get 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d --watch"
    })
final class JobsCommand implements Runnable {

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  JobsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: list, get or cancel.");
  }

  @Command(
      name = "list",
      sortOptions = false,
      description = "Lists the jobs of a company, newest first.",
      footer = {"", "Examples:", "  webhooks jobs list --company 40"})
  int list(
      @Option(names = "--company", required = true, paramLabel = "ID", description = "Company.")
          long company,
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
          new PagedList("/companies/" + company + "/jobs", "data").read(client, limit),
          "No jobs.",
          Column.of("id"),
          Column.of("kind"),
          Column.of("status"),
          Column.of("done"),
          Column.of("total"),
          Column.of("created_at"),
          Column.of("detail"));
      return 0;
    }
  }

  @Command(
      name = "get",
      sortOptions = false,
      description = "Shows a job.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:success; with --watch: the job is done",
        "1:failure; with --watch also: the job was cancelled or failed",
        "2:invalid arguments"
      },
      footer = {
        "",
        "Examples:",
        "  webhooks jobs get 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d --watch"
      })
  int get(
      @Parameters(paramLabel = "ID", description = "Id of the job.") UUID id,
      @Option(names = "--watch", description = "Follow it until it ends.") boolean watch,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service)
      throws InterruptedException {
    try (ApiClient client = service.createClient()) {
      if (watch) {
        return new JobWatcher(terminal, printer).follow(client, id.toString());
      }
      printer.print(terminal, client.get("/jobs/" + id), ResultPrinter::fields);
      return 0;
    }
  }

  @Command(
      name = "cancel",
      sortOptions = false,
      description = "Cancels a job. What it has done already stays done.",
      footer = {"", "Examples:", "  webhooks jobs cancel 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d"})
  int cancel(
      @Parameters(paramLabel = "ID", description = "Id of the job.") UUID id,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service) {
    try (ApiClient client = service.createClient()) {
      printer.print(
          terminal,
          client.post("/jobs/" + id + "/cancel", JsonNodeFactory.instance.objectNode()),
          ResultPrinter::fields);
      return 0;
    }
  }
}
