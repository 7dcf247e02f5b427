package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.api.Api;
import com.poolbrain.webhooks.cli.api.Publishing;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.NamedEventType;
import com.poolbrain.webhooks.events.SampleData;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `./webhooks trigger`: publishes a sample.
@Command(
    name = "trigger",
    sortOptions = false,
    description = {
      "Publishes a sample event with made-up data, as the core application would.",
      "",
      "Several items go out in one operation: of a type that may be grouped they arrive as bodies of"
          + " up to 100, of the others one by one.",
    },
    footer = {
      "",
      "Examples:",
      "  webhooks trigger customer.created --company 40",
      "  webhooks trigger customer.created --items 250",
      "  webhooks trigger customer.status.updated --set customerId=7 --set currentStatus=lead",
    })
final class TriggerCommand implements Runnable {

  private static final int MOST_ITEMS = 10_000;

  @Mixin private final ServiceOption service = new ServiceOption();
  private final Terminal terminal;

  @Parameters(paramLabel = "EVENT", description = "The event's name, canonical or an alias.")
  private String event = "";

  @Option(
      names = "--company",
      paramLabel = "ID",
      defaultValue = "40",
      description = "The company it happens to (default: ${DEFAULT-VALUE}).")
  private long company;

  @Option(
      names = "--items",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "How many, up to 10000 (default: ${DEFAULT-VALUE}).")
  private int items;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "A value of each item's data that is not to be made up; null is the word null.")
  private Map<String, String> overrides = Map.of();

  TriggerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (items < 1 || items > MOST_ITEMS) {
      throw Failure.usage("--items is a number from 1 to " + MOST_ITEMS + ".");
    }
    Catalogue catalogue = Catalogue.released();
    NamedEventType named =
        catalogue.find(event).orElseThrow(() -> Failure.usage(catalogue.unknownSentence(event)));
    String data = sample(named.type());
    try (Api api = service.open()) {
      JsonNode accepted = new Publishing(api, company).publish(named.name(), data);
      terminal.say(
          "Accepted %s for company %d. Events: %d, deliveries: %d, skipped: %d."
              .formatted(
                  accepted.path("event").asString(),
                  company,
                  accepted.path("ids").size(),
                  accepted.path("deliveries").asInt(),
                  accepted.path("skipped").asInt()));
      accepted.path("ids").valueStream().forEach(id -> terminal.say("  event " + id.asString()));
      terminal.say("Look at them: " + api.url("/companies/" + company + "/deliveries"));
    }
  }

  private String sample(EventTypeDefinition type) {
    try {
      return new SampleData(new SplittableRandom()).make(type, items, overrides);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--set: " + e.getMessage());
    }
  }
}
