package com.poolbrain.webhooks.cli.demo;

import static com.poolbrain.webhooks.cli.demo.Subscriber.BILLING;
import static com.poolbrain.webhooks.cli.demo.Subscriber.CRM;
import static com.poolbrain.webhooks.cli.demo.Subscriber.DISPATCH;
import static com.poolbrain.webhooks.cli.demo.Subscriber.LEGACY;

import com.poolbrain.webhooks.cli.api.EventPublisher;
import com.poolbrain.webhooks.cli.demo.DemoCompany.CreatedEndpoint;
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

/// What happens at the company of the demo, chapter by chapter. Every chapter waits until what it
/// published has arrived, and checks it.
final class DemoScript {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int IMPORTED_CUSTOMERS = 250;
  private static final int MOVED_JOBS = 12;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DemoCompany company;
  private final EventPublisher eventPublisher;
  private final DemoOutput demoOutput;
  private final Checks checks;
  private final SampleDataGenerator samples = new SampleDataGenerator(new SplittableRandom());
  private final List<JsonNode> publishResults = new ArrayList<>();

  DemoScript(
      DemoCompany company, EventPublisher eventPublisher, DemoOutput demoOutput, Checks checks) {
    this.company = company;
    this.eventPublisher = eventPublisher;
    this.demoOutput = demoOutput;
    this.checks = checks;
  }

  /// Tells all of it.
  ///
  /// @return what the service answered to each publish
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
    demoOutput.section("Company 40, \"" + DemoCompany.NAME + "\", signs up and turns webhooks on");
    company.create();
    for (Subscriber subscriber : Subscriber.values()) {
      CreatedEndpoint endpoint = company.createEndpoint(subscriber);
      demoOutput.printLine(
          "%-8s  %s  %s%s"
              .formatted(
                  subscriber.label(),
                  endpoint.url(),
                  String.join(", ", subscriber.subscribedEvents()),
                  subscriber.note()));
    }
  }

  private JsonNode createCustomer() throws InterruptedException {
    demoOutput.section("A customer is created by hand");
    JsonNode customer = publish("customer.created", 1, Map.of());
    awaitWebhooks(CRM, 1);
    List<HandledWebhook> webhooks = company.webhookLog().ofSubscriber(CRM);
    checks.checkEqual(itemsOf(webhooks), List.of(customer), "what crm got");
    return customer;
  }

  private void importCustomers() throws InterruptedException {
    demoOutput.section(
        IMPORTED_CUSTOMERS + " customers are imported: one operation, grouped by 100");
    JsonNode imported = publish("customer.created", IMPORTED_CUSTOMERS, Map.of());
    awaitWebhooks(CRM, 4);
    List<HandledWebhook> groups =
        company.webhookLog().ofSubscriber(CRM).stream()
            .skip(1)
            .sorted(Comparator.comparingInt(webhook -> firstItemIndex(imported, webhook)))
            .toList();
    checks.checkEqual(
        groups.stream().map(DemoScript::itemCount).toList(), List.of(100, 100, 50), "the grouping");
    checks.check(
        itemsOf(groups).equals(imported.valueStream().toList()),
        "all customers arrive in their original order, with the values that were published");
  }

  private void moveJobs() throws InterruptedException {
    demoOutput.section(MOVED_JOBS + " jobs are moved to another route at once");
    JsonNode moved = publish("job.one_time.schedule.changed", MOVED_JOBS, Map.of());
    publish("technician.route.changed", 1, Map.of());
    awaitWebhooks(DISPATCH, 2);
    List<HandledWebhook> groups =
        company.webhookLog().ofSubscriber(DISPATCH).stream().filter(a -> itemCount(a) > 1).toList();
    checks.checkEqual(groups.size(), 1, "the number of bodies that the move arrives in");
    checks.check(
        itemsOf(groups).equals(moved.valueStream().toList()), "the jobs arrive as they were moved");
  }

  private void failAndRecover(JsonNode customer) throws InterruptedException {
    demoOutput.section("That customer becomes inactive; billing is down, and comes back");
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
    checks.checkEqual(
        attempts.stream().map(HandledWebhook::status).toList(),
        List.of(503, 503, 200),
        "billing's answers");
    checks.checkEqual(
        attempts.stream().map(a -> envelope(a).path("event").asString()).distinct().toList(),
        BILLING.subscribedEvents(),
        "the name that billing gets, which subscribed the alias,");
  }

  private void failPermanently() throws InterruptedException {
    demoOutput.section(
        "A job is deleted; legacy is down for good, and is given up after 4 attempts");
    publish("job.one_time.deleted", 1, Map.of());
    awaitWebhooks(LEGACY, 4);
  }

  /// Publishes made-up data, and returns it.
  private JsonNode publish(String event, int items, Map<String, String> values) {
    String data =
        samples.generate(EventCatalogue.builtIn().find(event).orElseThrow().type(), items, values);
    long startNanos = System.nanoTime();
    JsonNode publishResult = eventPublisher.publish(event, data);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    publishResults.add(publishResult);
    demoOutput.printLine("published " + event + ", " + DemoOutput.formatItemCount(items) + ":");
    for (JsonNode id : publishResult.path("ids")) {
      demoOutput.printLine("   event " + id.asString());
    }
    demoOutput.printLine("   accepted, that is durable, after " + elapsed.toMillis() + " ms");
    return JSON.readTree(data);
  }

  private void awaitWebhooks(Subscriber subscriber, int expectedCount) throws InterruptedException {
    checks.check(
        company
            .webhookLog()
            .awaitCount(subscriber, expectedCount, TIMEOUT, demoOutput::printWebhook),
        "%s gets %d requests in all within %d s"
            .formatted(subscriber.label(), expectedCount, TIMEOUT.toSeconds()));
  }

  private static List<JsonNode> itemsOf(List<HandledWebhook> webhooks) {
    return webhooks.stream()
        .map(webhook -> envelope(webhook).path("data"))
        .flatMap(data -> data.isArray() ? data.valueStream() : Stream.of(data))
        .toList();
  }

  /// Where the body's first item stands among the imported ones.
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
