package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.PagedList;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.PointInTime;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `./webhooks lookup`: what became of an event, and why, with what customers send to support.
@Command(
    name = "lookup",
    sortOptions = false,
    description = {
      "Explains what became of an event: for every endpoint of its company why the endpoint got it"
          + " or not, and each delivery with its attempts.",
      "",
      "Needs an operator key."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:at least one event was found",
      "1:nothing was found, or failure; the message has the reason",
      "2:invalid arguments"
    },
    footer = {
      "",
      "Examples:",
      "  webhooks lookup 0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d",
      "  webhooks lookup --endpoint-url https://api.example.com/hooks \\",
      "      --at 2026-02-13T06:42:24Z"
    })
final class LookupCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "Id of an event or a delivery.")
  private @Nullable UUID id;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "URL that an endpoint had then.")
  private @Nullable String endpointUrl;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "About the time of the event: 2026-02-13T06:42:24Z, or 2h for two hours ago.")
  private @Nullable String at;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "How far from --at, each way, at most 24h (default: 15m).")
  private @Nullable String window;

  @Option(names = "--company", paramLabel = "ID", description = "Only events of this company.")
  private @Nullable Long company;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many events.")
  private int limit;

  @Mixin private final ResultPrinter printer = new ResultPrinter();

  @Mixin private final ServiceOption service = new ServiceOption();

  LookupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if ((id == null) == (endpointUrl == null)) {
      throw CommandException.usageError("give an id, or --endpoint-url and --at.");
    }
    if (endpointUrl != null && at == null) {
      throw CommandException.usageError("give the time of the event with --at.");
    }
    PagedList list =
        new PagedList("/support/lookup", "events")
            .with("id", id)
            .with("endpoint_url", endpointUrl)
            .with("at", at == null ? null : PointInTime.parse("--at", at))
            .with("window", window)
            .with("company_id", company);
    try (ApiClient client = service.createClient()) {
      List<JsonNode> events = list.read(client, limit);
      events.forEach(event -> printer.print(terminal, event, DeliveryText::describeEvent));
      if (events.isEmpty()) {
        throw CommandException.of(
            "no event was found: check the URL and the time, or give a larger --window.");
      }
      return 0;
    }
  }
}
