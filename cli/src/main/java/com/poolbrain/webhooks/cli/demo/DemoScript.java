package com.poolbrain.webhooks.cli.demo;

import static com.poolbrain.webhooks.cli.demo.Subscriber.BILLING;
import static com.poolbrain.webhooks.cli.demo.Subscriber.CRM;
import static com.poolbrain.webhooks.cli.demo.Subscriber.DISPATCH;
import static com.poolbrain.webhooks.cli.demo.Subscriber.LEGACY;

import com.poolbrain.webhooks.cli.api.EventPublisher;
import com.poolbrain.webhooks.cli.listen.HandledWebhook;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.SampleDataGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The events of the demo, section by section. Each section waits until its webhooks have arrived,
/// and checks them.
final class DemoScript {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int IMPORTED_CUSTOMERS = 250;
  private static final int MOVED_JOBS = 12;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final DemoCompany company;
  private final EventPublisher eventPublisher;
  private final DemoOutput output;
  private final SampleDataGenerator samples = new SampleDataGenerator(new SplittableRandom());
  private final List<JsonNode> publishResults = new ArrayList<>();

  DemoScript(DemoCompany company, EventPublisher eventPublisher, DemoOutput output) {
    this.company = company;
    this.eventPublisher = eventPublisher;
    this.output = output;
  }

  /// Runs all sections.
  ///
  /// @return the answer to each publish request
  List<JsonNode> run() throws InterruptedException {
    createCompany();
    JsonNode customer = createCustomer();
    importCustomers();
    moveJobs();
    failAndRecover(customer);
    failPermanently();
    return List.copyOf(publishResults);
  }

  private void createCompany() {
    output.section("Company 40, \"" + DemoCompany.NAME + "\", is created and enables webhooks");
    company.create();
    for (Subscriber subscriber : Subscriber.ofScript()) {
      String url = company.createEndpoint(subscriber);
      output.printLine(
          "%-8s  %s  %s%s"
              .formatted(
                  subscriber.label(),
                  url,
                  String.join(", ", subscriber.subscribedEvents()),
                  subscriber.note()));
    }
  }

  private JsonNode createCustomer() throws InterruptedException {
    output.section("A customer is created manually");
    JsonNode customer = publish("customer.created", 1, Map.of());
    awaitWebhooks(CRM, 1);
    List<HandledWebhook> webhooks = company.webhookLog().ofSubscriber(CRM);
    output.checkEqual(itemsOf(webhooks), List.of(customer), "the data that crm received");
    return customer;
  }

  private void importCustomers() throws InterruptedException {
    output.section(IMPORTED_CUSTOMERS + " customers are imported: one operation, grouped by 100");
    JsonNode imported = publish("customer.created", IMPORTED_CUSTOMERS, Map.of());
    awaitWebhooks(CRM, 4);
    List<HandledWebhook> groups =
        company.webhookLog().ofSubscriber(CRM).stream()
            .skip(1)
            .sorted(Comparator.comparingInt(webhook -> firstItemIndex(imported, webhook)))
            .toList();
    output.checkEqual(
        groups.stream().map(DemoScript::itemCount).toList(), List.of(100, 100, 50), "the grouping");
    output.check(
        itemsOf(groups).equals(imported.valueStream().toList()),
        "all customers arrive in their original order, with the values that were published");
  }

  private void moveJobs() throws InterruptedException {
    output.section(MOVED_JOBS + " jobs are moved to another route at once");
    JsonNode moved = publish("job.one_time.schedule.changed", MOVED_JOBS, Map.of());
    publish("technician.route.changed", 1, Map.of());
    awaitWebhooks(DISPATCH, 2);
    List<HandledWebhook> groups =
        company.webhookLog().ofSubscriber(DISPATCH).stream().filter(a -> itemCount(a) > 1).toList();
    output.checkEqual(groups.size(), 1, "the number of webhooks for the move");
    output.check(
        itemsOf(groups).equals(moved.valueStream().toList()),
        "the jobs arrive in the order of the move");
  }

  private void failAndRecover(JsonNode customer) throws InterruptedException {
    output.section("The customer becomes inactive; billing fails twice, then recovers");
    publish(
        "customer.status.updated",
        1,
        Map.of(
            "customerId", customer.path("customerId").toString(),
            "displayName", customer.path("displayName").asString(),
            "currentStatus", "inactive"));
    awaitWebhooks(BILLING, 3);
    awaitWebhooks(CRM, 5);
    List<HandledWebhook> attempts = company.webhookLog().ofSubscriber(BILLING);
    output.checkEqual(
        attempts.stream().map(HandledWebhook::status).toList(),
        List.of(503, 503, 200),
        "the responses of billing");
    output.checkEqual(
        attempts.stream().map(a -> envelope(a).path("event").asString()).distinct().toList(),
        BILLING.subscribedEvents(),
        "the event name sent to billing, which subscribed to the alias,");
  }

  private void failPermanently() throws InterruptedException {
    output.section(
        "A job is deleted; legacy never recovers, so its delivery fails after 4 attempts");
    publish("job.one_time.deleted", 1, Map.of());
    awaitWebhooks(LEGACY, 4);
  }

  /// Publishes sample data and returns it.
  private JsonNode publish(String event, int items, Map<String, String> values) {
    String data =
        samples.generate(EventCatalogue.builtIn().find(event).orElseThrow().type(), items, values);
    long startNanos = System.nanoTime();
    JsonNode publishResult = eventPublisher.publish(event, data);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    publishResults.add(publishResult);
    output.printLine("published " + event + ", " + DemoOutput.formatItemCount(items) + ":");
    for (JsonNode id : publishResult.path("ids")) {
      output.printLine("   event " + id.asString());
    }
    output.printLine("   accepted and durable after " + elapsed.toMillis() + " ms");
    return JSON.readTree(data);
  }

  private void awaitWebhooks(Subscriber subscriber, int expectedCount) throws InterruptedException {
    output.check(
        company.webhookLog().awaitCount(subscriber, expectedCount, TIMEOUT, output::printWebhook),
        "%s receives %d requests in total within %d s"
            .formatted(subscriber.label(), expectedCount, TIMEOUT.toSeconds()));
  }

  private static List<JsonNode> itemsOf(List<HandledWebhook> webhooks) {
    return webhooks.stream()
        .map(webhook -> envelope(webhook).path("data"))
        .flatMap(data -> data.isArray() ? data.valueStream() : Stream.of(data))
        .toList();
  }

  /// The index of the first item of a webhook among the imported items.
  private static int firstItemIndex(JsonNode imported, HandledWebhook webhook) {
    return imported.valueStream().toList().indexOf(envelope(webhook).path("data").path(0));
  }

  private static int itemCount(HandledWebhook webhook) {
    JsonNode data = envelope(webhook).path("data");
    return data.isArray() ? data.size() : 1;
  }

  private static JsonNode envelope(HandledWebhook webhook) {
    JsonNode envelope = webhook.envelope();
    return envelope == null ? JSON.createObjectNode() : envelope;
  }
}
