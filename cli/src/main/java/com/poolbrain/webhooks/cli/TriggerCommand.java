package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.EventPublisher;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.events.SampleDataGenerator;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `./webhooks trigger`: publishes a sample event.
@Command(
    name = "trigger",
    sortOptions = false,
    description = {
      "Publishes a sample event with generated data, as the core application would.",
      "",
      "Several items are published as one operation. If the event type may be grouped, they are"
          + " delivered in groups of up to 100, otherwise one by one.",
    },
    footer = {
      "",
      "Examples:",
      "  webhooks trigger customer.created --company 40",
      "  webhooks trigger customer.created --items 250",
      "  webhooks trigger customer.status.updated --set customerId=7 \\",
      "      --set currentStatus=lead",
    })
final class TriggerCommand implements Runnable {

  private static final int MAX_ITEMS = 10_000;

  @Mixin private final ServiceOption service = new ServiceOption();
  private final Terminal terminal;

  @Parameters(paramLabel = "EVENT", description = "Name of the event type, or an alias.")
  private String event = "";

  @Option(
      names = "--company",
      paramLabel = "ID",
      defaultValue = "40",
      description = "Id of the company (default: ${DEFAULT-VALUE}).")
  private long companyId;

  @Option(
      names = "--items",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "Number of items, up to 10000 (default: ${DEFAULT-VALUE}).")
  private int items;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "A value for a field of each item. The text null sets null. May be repeated.")
  private Map<String, String> overrides = Map.of();

  TriggerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (items < 1 || items > MAX_ITEMS) {
      throw CommandException.usageError("--items must be a number from 1 to " + MAX_ITEMS + ".");
    }
    EventCatalogue eventCatalogue = EventCatalogue.builtIn();
    ResolvedEventType eventType =
        eventCatalogue
            .find(event)
            .orElseThrow(() -> CommandException.usageError(eventCatalogue.explainUnknown(event)));
    String data = makeSampleData(eventType.type());
    try (ApiClient apiClient = service.createClient()) {
      JsonNode accepted = new EventPublisher(apiClient, companyId).publish(eventType.name(), data);
      terminal.println(
          "Accepted %s for company %d. Events: %d, deliveries: %d, skipped: %d."
              .formatted(
                  accepted.path("event").asString(),
                  companyId,
                  accepted.path("ids").size(),
                  accepted.path("deliveries").asInt(),
                  accepted.path("skipped").asInt()));
      accepted
          .path("ids")
          .valueStream()
          .forEach(id -> terminal.println("  event " + id.asString()));
      terminal.println("Deliveries: " + apiClient.url("/companies/" + companyId + "/deliveries"));
    }
  }

  private String makeSampleData(EventTypeDefinition type) {
    try {
      return new SampleDataGenerator(new SplittableRandom()).generate(type, items, overrides);
    } catch (IllegalArgumentException e) {
      throw CommandException.usageError("--set: " + e.getMessage());
    }
  }
}
