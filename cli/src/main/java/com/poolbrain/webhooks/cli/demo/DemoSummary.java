package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.listen.HandledWebhook;
import com.poolbrain.webhooks.cli.terminal.Table;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// How the story ends: the service's own account of it, held against what the consumers saw.
final class DemoSummary {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final long POLL_INTERVAL_MILLIS = 50;
  private static final String DELIVERIES_PATH = "/companies/" + DemoCompany.ID + "/deliveries";

  private final ApiClient apiClient;
  private final DemoCompany company;
  private final DemoOutput demoOutput;
  private final Checks checks;
  private final InstantSource clock;

  DemoSummary(
      ApiClient apiClient,
      DemoCompany company,
      DemoOutput demoOutput,
      Checks checks,
      InstantSource clock) {
    this.apiClient = apiClient;
    this.company = company;
    this.demoOutput = demoOutput;
    this.checks = checks;
    this.clock = clock;
  }

  void verifyAndPrint(List<JsonNode> publishResults) throws InterruptedException {
    int expected =
        publishResults.stream()
            .mapToInt(publishResult -> publishResult.path("deliveries").asInt())
            .sum();
    List<DeliveryListEntry> deliveries = awaitCompletedDeliveries(expected);
    demoOutput.section("What the service has on record");
    printTable(deliveries);
    checks.checkEqual(deliveries.size(), expected, "the number of deliveries on record");
    for (DeliveryListEntry delivery : deliveries) {
      checkDelivery(delivery);
    }
    checkWebhooks(deliveries);
    printTotals(publishResults, deliveries);
  }

  /// The deliveries once none of them is open any more, oldest first.
  private List<DeliveryListEntry> awaitCompletedDeliveries(int expected)
      throws InterruptedException {
    long deadline = clock.millis() + TIMEOUT.toMillis();
    while (true) {
      List<DeliveryListEntry> all =
          apiClient
              .get(DELIVERIES_PATH + "?limit=100")
              .path("data")
              .valueStream()
              .map(DeliveryListEntry::fromJson)
              .toList();
      boolean isComplete =
          all.size() >= expected && all.stream().noneMatch(DeliveryListEntry::isOpen);
      if (isComplete || clock.millis() > deadline) {
        return all.reversed();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MILLIS); // the API tells states, not changes
    }
  }

  private void printTable(List<DeliveryListEntry> deliveries) {
    Table table = new Table("Event", "Items", "Endpoint", "Attempts", "Status", "Delivery");
    for (DeliveryListEntry delivery : deliveries) {
      table.addRow(
          delivery.event(),
          Integer.toString(delivery.items()),
          company.subscriberName(delivery.endpointId()),
          Integer.toString(delivery.attemptCount()),
          delivery.status().wireName(),
          delivery.id());
    }
    table.toLines().forEach(demoOutput::printLine);
  }

  private void checkDelivery(DeliveryListEntry delivery) {
    String endpoint = company.subscriberName(delivery.endpointId());
    DeliveryStatus status =
        endpoint.equals(Subscriber.LEGACY.label())
            ? DeliveryStatus.PERMANENTLY_FAILED
            : DeliveryStatus.DELIVERED;
    int attempts =
        switch (status) {
          case PERMANENTLY_FAILED -> 4;
          default -> endpoint.equals(Subscriber.BILLING.label()) ? 3 : 1;
        };
    checks.checkEqual(
        delivery.status(), status, "the status of " + delivery.id() + " to " + endpoint);
    checks.checkEqual(delivery.attemptCount(), attempts, "its number of attempts");
    JsonNode detail = apiClient.get(DELIVERIES_PATH + "/" + delivery.id());
    checks.checkEqual(
        detail.path("attempts").size(), attempts, "the number of its attempts on record");
  }

  /// The same id has the same bytes on every attempt, and every signature matches.
  private void checkWebhooks(List<DeliveryListEntry> deliveries) {
    Map<String, byte[]> bodies = new HashMap<>();
    for (HandledWebhook webhook : company.webhookLog().all()) {
      checks.check(
          webhook.verificationResult() != null && webhook.verificationResult().matches(),
          "every request is signed with its endpoint's secret");
      JsonNode envelope = Objects.requireNonNull(webhook.envelope(), "what matches is an envelope");
      byte[] previousBody = bodies.put(envelope.path("id").asString(), webhook.request().body());
      checks.check(
          previousBody == null || Arrays.equals(previousBody, webhook.request().body()),
          "every attempt of a delivery has the same bytes");
    }
    int attempts = deliveries.stream().mapToInt(DeliveryListEntry::attemptCount).sum();
    checks.checkEqual(
        company.webhookLog().all().size(), attempts, "the number of requests that arrived");
  }

  private void printTotals(List<JsonNode> publishResults, List<DeliveryListEntry> deliveries) {
    demoOutput.printLine("");
    demoOutput.printLine(
        "Accepted %d events; %d deliveries: %d delivered (%d of them after retries), %d failed."
            .formatted(
                publishResults.stream()
                    .mapToInt(publishResult -> publishResult.path("ids").size())
                    .sum(),
                deliveries.size(),
                count(deliveries, DeliveryStatus.DELIVERED, 1),
                count(deliveries, DeliveryStatus.DELIVERED, 2),
                count(deliveries, DeliveryStatus.PERMANENTLY_FAILED, 1)));
    if (checks.failedCount() == 0) {
      demoOutput.printSuccess("All " + checks.passedCount() + " checks of this demo hold.");
    } else {
      demoOutput.printFailure(
          checks.failedCount() + " checks of this demo do not hold; they are named above.");
    }
  }

  private static long count(
      List<DeliveryListEntry> deliveries, DeliveryStatus status, int attempts) {
    return deliveries.stream()
        .filter(delivery -> delivery.status() == status && delivery.attemptCount() >= attempts)
        .count();
  }
}
