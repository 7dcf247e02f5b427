package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.ResultPrinter.Column;
import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.PagedList;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.PointInTime;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

/// `./webhooks deliveries`: the delivery log, and manual changes of single deliveries.
@Command(
    name = "deliveries",
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, shows, redelivers and cancels deliveries of a company.",
    footer = {
      "",
      "Examples:",
      "  webhooks deliveries list --company 40 --status permanently_failed --from 1d",
      "  webhooks deliveries list --company 40 --watch",
      "  webhooks deliveries redeliver 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d \\",
      "      --company 40 --watch"
    })
final class DeliveriesCommand implements Runnable {

  private static final String EXAMPLE_ID = "0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d";
  private static final long POLL_MILLIS = 1_000;

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  DeliveriesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: list, get, redeliver or cancel.");
  }

  /// The company that a delivery belongs to.
  static final class CompanyOption {

    @Option(names = "--company", required = true, paramLabel = "ID", description = "Company.")
    private long company;

    private String path() {
      return "/companies/" + company + "/deliveries";
    }
  }

  /// The filters of the log.
  static final class FilterOption {

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description = "pending, delivering, retrying, delivered, permanently_failed or skipped.")
    private @Nullable String status;

    @Option(names = "--event", paramLabel = "EVENT", description = "Event type, by any name.")
    private @Nullable String event;

    @Option(names = "--endpoint", paramLabel = "ID", description = "Id of an endpoint.")
    private @Nullable UUID endpoint;

    @Option(
        names = "--result",
        paramLabel = "RESULT",
        description = "Of the last attempt: 503, 5xx, an error class such as dns, or failed.")
    private @Nullable String result;

    @Option(
        names = "--trigger",
        paramLabel = "TRIGGER",
        description = "Of the last attempt: automatic, manual or test.")
    private @Nullable String trigger;

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description =
            "Accepted at this time or later: 2026-02-13T06:42:24Z, or 2h for two hours ago.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Accepted before this time.")
    private @Nullable String to;

    @Option(
        names = {"-q", "--search"},
        paramLabel = "TEXT",
        description = "A delivery id, event id, customer id, job id or job number.")
    private @Nullable String search;

    private PagedList apply(PagedList list) {
      return list.with("status", status)
          .with("event", event)
          .with("endpoint_id", endpoint)
          .with("result", result)
          .with("trigger", trigger)
          .with("from", from == null ? null : PointInTime.parse("--from", from))
          .with("to", to == null ? null : PointInTime.parse("--to", to))
          .with("q", search);
    }
  }

  @Command(
      name = "list",
      sortOptions = false,
      description = {
        "Lists deliveries, newest first.",
        "",
        "With --watch, goes on printing deliveries that are new or got on, until Ctrl-C."
      },
      footer = {
        "",
        "Examples:",
        "  webhooks deliveries list --company 40 --result 5xx --from 2h",
        "  webhooks deliveries list --company 40 -q 3930000 --json"
      })
  int list(
      @Mixin CompanyOption company,
      @Mixin FilterOption filter,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many.")
          int limit,
      @Option(names = "--watch", description = "Go on printing what is new or got on.")
          boolean watch,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service)
      throws InterruptedException {
    PagedList list = filter.apply(new PagedList(company.path(), "data"));
    try (ApiClient client = service.createClient()) {
      List<JsonNode> found = list.read(client, limit);
      print(printer, found);
      Set<JsonNode> printed = new HashSet<>(found);
      while (watch) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        List<JsonNode> latest = list.read(client, limit);
        List<JsonNode> changed = new ArrayList<>(latest.reversed());
        changed.removeIf(printed::contains);
        changed.forEach(delivery -> printer.print(terminal, delivery, d -> List.of(line(d))));
        printed.clear();
        printed.addAll(latest);
      }
      return 0;
    }
  }

  private void print(ResultPrinter printer, List<JsonNode> found) {
    printer.print(
        terminal,
        found,
        "No deliveries.",
        Column.of("created_at"),
        Column.of("id"),
        Column.of("event"),
        Column.of("status"),
        Column.of("attempts", "/attempt_count"),
        new Column("result", DeliveriesCommand::result),
        Column.of("endpoint_id"));
  }

  private static String result(JsonNode delivery) {
    JsonNode last = delivery.path("last_attempt");
    return last.path("status_code")
        .asString(last.path("error").asString(delivery.path("skip_reason").asString("-")));
  }

  private static String line(JsonNode delivery) {
    return "%s  %s  %s  %s  %s"
        .formatted(
            ResultPrinter.text(delivery.path("created_at")),
            ResultPrinter.text(delivery.path("id")),
            ResultPrinter.text(delivery.path("event")),
            ResultPrinter.text(delivery.path("status")),
            result(delivery));
  }

  @Command(
      name = "get",
      sortOptions = false,
      description = "Shows a delivery with its attempts.",
      footer = {"", "Examples:", "  webhooks deliveries get " + EXAMPLE_ID + " --company 40"})
  int get(
      @Parameters(paramLabel = "ID", description = "Id of the delivery.") UUID id,
      @Mixin CompanyOption company,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service) {
    try (ApiClient client = service.createClient()) {
      printer.print(terminal, client.get(company.path() + "/" + id), DeliveryText::describe);
      return 0;
    }
  }

  @Command(
      name = "redeliver",
      sortOptions = false,
      description = "Starts one manual attempt now, with the same id and body.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:success; with --watch: the attempt succeeded",
        "1:failure; with --watch also: the attempt failed",
        "2:invalid arguments"
      },
      footer = {
        "",
        "Examples:",
        "  webhooks deliveries redeliver " + EXAMPLE_ID + " \\",
        "      --company 40 --watch"
      })
  int redeliver(
      @Parameters(paramLabel = "ID", description = "Id of the delivery.") UUID id,
      @Mixin CompanyOption company,
      @Option(names = "--watch", description = "Wait until the attempt has ended.") boolean watch,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service)
      throws InterruptedException {
    String path = company.path() + "/" + id;
    try (ApiClient client = service.createClient()) {
      int before = client.get(path).path("attempt_count").asInt();
      JsonNode delivery = client.post(path + "/redeliver", JsonNodeFactory.instance.objectNode());
      while (watch && isRunning(delivery, before)) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS / 4);
        delivery = client.get(path);
      }
      printer.print(terminal, delivery, d -> List.of(line(d)));
      if (watch && delivery.path("last_attempt").has("error")) {
        throw CommandException.of(
            "the attempt failed: " + delivery.at("/last_attempt/error").asString("") + ".");
      }
      return 0;
    }
  }

  private static boolean isRunning(JsonNode delivery, int attemptsBefore) {
    return delivery.path("attempt_count").asInt() <= attemptsBefore;
  }

  @Command(
      name = "cancel",
      sortOptions = false,
      description = "Ends a delivery without another attempt.",
      footer = {"", "Examples:", "  webhooks deliveries cancel " + EXAMPLE_ID + " --company 40"})
  int cancel(
      @Parameters(paramLabel = "ID", description = "Id of the delivery.") UUID id,
      @Mixin CompanyOption company,
      @Mixin ResultPrinter printer,
      @Mixin ServiceOption service) {
    try (ApiClient client = service.createClient()) {
      printer.print(
          terminal,
          client.post(company.path() + "/" + id + "/cancel", JsonNodeFactory.instance.objectNode()),
          d -> List.of(line(d)));
      return 0;
    }
  }
}
