package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.ResultPrinter.Column;
import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.PagedList;
import com.poolbrain.webhooks.cli.terminal.PointInTime;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `./webhooks endpoints`: the endpoints of a company, and the recovery of their deliveries.
@Command(
    name = "endpoints",
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Lists and shows the endpoints of a company, and delivers again what they missed.",
    footer = {
      "",
      "Examples:",
      "  webhooks endpoints list --company 40",
      "  webhooks endpoints recover 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d \\",
      "      --company 40 --since 2h --watch"
    })
final class EndpointsCommand implements Runnable {

  private static final String EXAMPLE_ID = "0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d";

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  EndpointsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: list, get, recover or replay-missing.");
  }

  @Command(
      name = "list",
      sortOptions = false,
      description = "Lists the endpoints of a company.",
      footer = {"", "Examples:", "  webhooks endpoints list --company 40"})
  int list(
      @Option(names = "--company", required = true, paramLabel = "ID", description = "Company.")
          long company,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service) {
    try (ApiClient client = service.createClient()) {
      printer.print(
          terminal,
          new PagedList(path(company), "data").read(client, 200),
          "No endpoints.",
          Column.of("id"),
          Column.of("status"),
          Column.of("url"),
          Column.of("events"));
      return 0;
    }
  }

  @Command(
      name = "get",
      sortOptions = false,
      description = "Shows an endpoint, without its secret.",
      footer = {"", "Examples:", "  webhooks endpoints get " + EXAMPLE_ID + " --company 40"})
  int get(
      @Parameters(paramLabel = "ID", description = "Id of the endpoint.") UUID id,
      @Option(names = "--company", required = true, paramLabel = "ID", description = "Company.")
          long company,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service) {
    try (ApiClient client = service.createClient()) {
      printer.print(terminal, client.get(path(company) + "/" + id), ResultPrinter::fields);
      return 0;
    }
  }

  /// The options of both kinds of recovery.
  static final class RangeOption {

    @Option(names = "--company", required = true, paramLabel = "ID", description = "Company.")
    private long company;

    @Option(
        names = "--since",
        required = true,
        paramLabel = "TIME",
        description =
            "Accepted at this time or later: 2026-02-13T06:42:24Z, or 2h for two hours ago.")
    private String since = "";

    @Option(names = "--until", paramLabel = "TIME", description = "Accepted before this time.")
    private @Nullable String until;

    @Option(
        names = "--rate",
        paramLabel = "N",
        description = "Deliveries per second (default: that of the service).")
    private @Nullable Double rate;

    @Option(names = "--dry-run", description = "Only count.")
    private boolean dryRun;

    @Option(names = "--watch", description = "Follow the job until it ends.")
    private boolean watch;

    private ObjectNode toJson() {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("since", PointInTime.parse("--since", since).toString());
      if (until != null) {
        body.put("until", PointInTime.parse("--until", until).toString());
      }
      if (rate != null) {
        body.put("rate_per_second", rate);
      }
      if (dryRun) {
        body.put("dry_run", true);
      }
      return body;
    }
  }

  @Command(
      name = "recover",
      sortOptions = false,
      description = "Starts a job that delivers again what failed.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:success; with --watch: the job is done",
        "1:failure; with --watch also: the job was cancelled or failed",
        "2:invalid arguments"
      },
      footer = {
        "",
        "Examples:",
        "  webhooks endpoints recover " + EXAMPLE_ID + " \\",
        "      --company 40 --since 2h --dry-run",
        "  webhooks endpoints recover " + EXAMPLE_ID + " \\",
        "      --company 40 --since 2h --watch"
      })
  int recover(
      @Parameters(paramLabel = "ID", description = "Id of the endpoint.") UUID id,
      @Mixin RangeOption range,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service)
      throws InterruptedException {
    return start("recover", id, range, printer, service);
  }

  @Command(
      name = "replay-missing",
      sortOptions = false,
      description =
          "Starts a job that delivers what was never sent: events of the subscribed types while"
              + " webhooks were off, or the endpoint was paused, not subscribed or not created yet.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:success; with --watch: the job is done",
        "1:failure; with --watch also: the job was cancelled or failed",
        "2:invalid arguments"
      },
      footer = {
        "",
        "Examples:",
        "  webhooks endpoints replay-missing " + EXAMPLE_ID + " \\",
        "      --company 40 --since 1d --watch"
      })
  int replayMissing(
      @Parameters(paramLabel = "ID", description = "Id of the endpoint.") UUID id,
      @Mixin RangeOption range,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service)
      throws InterruptedException {
    return start("replay-missing", id, range, printer, service);
  }

  private int start(
      String action, UUID id, RangeOption range, ResultPrinter printer, ServiceOption service)
      throws InterruptedException {
    ObjectNode body = range.toJson();
    try (ApiClient client = service.createClient()) {
      JsonNode started = client.post(path(range.company) + "/" + id + "/" + action, body);
      printer.print(terminal, started, EndpointsCommand::describe);
      return range.watch && started.has("job_id")
          ? new JobWatcher(terminal, printer).follow(client, started.path("job_id").stringValue())
          : 0;
    }
  }

  private static List<String> describe(JsonNode started) {
    String count = "%,d deliveries".formatted(started.path("count").asLong());
    return List.of(
        started.has("job_id")
            ? count + ": job " + started.path("job_id").asString("") + " delivers them."
            : count + " would be delivered.");
  }

  private static String path(long company) {
    return "/companies/" + company + "/endpoints";
  }
}
