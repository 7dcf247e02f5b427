package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.listen.HandledWebhook;
import com.poolbrain.webhooks.cli.terminal.Table;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// End of the demo: the delivery log of the service, compared with the webhooks that arrived.
final class DemoSummary {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final long POLL_INTERVAL_MILLIS = 50;
  private static final String DELIVERIES_PATH = "/companies/" + DemoCompany.ID + "/deliveries";

  private final ApiClient apiClient;
  private final DemoCompany company;
  private final DemoOutput output;

  DemoSummary(ApiClient apiClient, DemoCompany company, DemoOutput output) {
    this.apiClient = apiClient;
    this.company = company;
    this.output = output;
  }

  void verifyAndPrint(List<JsonNode> publishResults) throws InterruptedException {
    int expected =
        publishResults.stream()
            .mapToInt(publishResult -> publishResult.path("deliveries").asInt())
            .sum();
    List<DeliveryListEntry> deliveries = awaitCompletedDeliveries(expected);
    output.section("Delivery log of the service");
    printTable(deliveries);
    output.checkEqual(deliveries.size(), expected, "the number of deliveries in the log");
    for (DeliveryListEntry delivery : deliveries) {
      checkDelivery(delivery);
    }
    checkWebhooks(deliveries);
    printTotals(publishResults, deliveries);
  }

  /// Waits until no delivery is open, and returns the deliveries, oldest first.
  private List<DeliveryListEntry> awaitCompletedDeliveries(int expected)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
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
      if (isComplete || System.nanoTime() - deadlineNanos > 0) {
        return all.reversed();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MILLIS); // the API has no call that waits
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
    table.toLines().forEach(output::printLine);
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
    output.checkEqual(
        delivery.status(), status, "the status of " + delivery.id() + " to " + endpoint);
    output.checkEqual(delivery.attemptCount(), attempts, "the attempt count of " + delivery.id());
    JsonNode detail = apiClient.get(DELIVERIES_PATH + "/" + delivery.id());
    output.checkEqual(
        detail.path("attempts").size(),
        attempts,
        "the number of logged attempts of " + delivery.id());
  }

  /// Every signature matches, and all attempts of a delivery have the same bytes.
  private void checkWebhooks(List<DeliveryListEntry> deliveries) {
    Map<String, byte[]> bodies = new HashMap<>();
    for (HandledWebhook webhook : company.webhookLog().all()) {
      output.check(
          webhook.verificationResult() != null && webhook.verificationResult().matches(),
          "every webhook is signed with the secret of its endpoint");
      JsonNode envelope =
          Objects.requireNonNull(
              webhook.envelope(), "a webhook with a valid signature is an envelope");
      byte[] previousBody = bodies.put(envelope.path("id").asString(), webhook.request().body());
      output.check(
          previousBody == null || Arrays.equals(previousBody, webhook.request().body()),
          "every attempt of a delivery has the same bytes");
    }
    int attempts = deliveries.stream().mapToInt(DeliveryListEntry::attemptCount).sum();
    output.checkEqual(
        company.webhookLog().all().size(), attempts, "the number of webhooks that arrived");
  }

  private void printTotals(List<JsonNode> publishResults, List<DeliveryListEntry> deliveries) {
    output.printLine("");
    output.printLine(
        "Accepted %d events; %d deliveries: %d delivered (%d of them after retries), %d failed."
            .formatted(
                publishResults.stream()
                    .mapToInt(publishResult -> publishResult.path("ids").size())
                    .sum(),
                deliveries.size(),
                count(deliveries, DeliveryStatus.DELIVERED, 1),
                count(deliveries, DeliveryStatus.DELIVERED, 2),
                count(deliveries, DeliveryStatus.PERMANENTLY_FAILED, 1)));
    output.printCheckTotals();
  }

  private static long count(
      List<DeliveryListEntry> deliveries, DeliveryStatus status, int attempts) {
    return deliveries.stream()
        .filter(delivery -> delivery.status() == status && delivery.attemptCount() >= attempts)
        .count();
  }
}
