package com.poolbrain.webhooks.cli.demo;

import static com.poolbrain.webhooks.cli.demo.Subscriber.BILLING;
import static com.poolbrain.webhooks.cli.demo.Subscriber.CRM;
import static com.poolbrain.webhooks.cli.demo.Subscriber.DISPATCH;
import static com.poolbrain.webhooks.cli.demo.Subscriber.LEGACY;

import com.poolbrain.webhooks.cli.api.Publishing;
import com.poolbrain.webhooks.cli.demo.DemoCompany.Member;
import com.poolbrain.webhooks.cli.listen.Arrival;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.events.SampleData;
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
final class Story {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int IMPORTED = 250;
  private static final int MOVED = 12;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DemoCompany company;
  private final Publishing publishing;
  private final Narrator narrator;
  private final Checks checks;
  private final SampleData samples = new SampleData(new SplittableRandom());
  private final List<JsonNode> accepted = new ArrayList<>();

  Story(DemoCompany company, Publishing publishing, Narrator narrator, Checks checks) {
    this.company = company;
    this.publishing = publishing;
    this.narrator = narrator;
    this.checks = checks;
  }

  /// Tells all of it.
  ///
  /// @return what the service answered to each publish
  List<JsonNode> tell() throws InterruptedException {
    signUp();
    JsonNode customer = newCustomer();
    customersAreImported();
    jobsAreMoved();
    oneFailsAndRecovers(customer);
    oneNeverRecovers();
    return List.copyOf(accepted);
  }

  private void signUp() {
    narrator.chapter("Company 40, \"" + DemoCompany.NAME + "\", signs up and turns webhooks on");
    company.signUp();
    for (Subscriber subscriber : Subscriber.values()) {
      Member member = company.subscribe(subscriber);
      narrator.line(
          "%-8s  %s  %s%s"
              .formatted(
                  subscriber.label(),
                  member.url(),
                  String.join(", ", subscriber.events()),
                  subscriber.remark()));
    }
  }

  private JsonNode newCustomer() throws InterruptedException {
    narrator.chapter("A customer is created by hand");
    JsonNode customer = publish("customer.created", 1, Map.of());
    arrive(CRM, 1);
    List<Arrival> arrivals = company.requests().of(CRM);
    checks.equal(data(arrivals), List.of(customer), "what crm got");
    return customer;
  }

  private void customersAreImported() throws InterruptedException {
    narrator.chapter(IMPORTED + " customers are imported: one operation, grouped by 100");
    JsonNode imported = publish("customer.created", IMPORTED, Map.of());
    arrive(CRM, 4);
    List<Arrival> bodies =
        company.requests().of(CRM).stream()
            .skip(1)
            .sorted(Comparator.comparingInt(arrival -> customers(imported, arrival)))
            .toList();
    checks.equal(bodies.stream().map(Story::size).toList(), List.of(100, 100, 50), "the grouping");
    checks.that(
        data(bodies).equals(imported.valueStream().toList()),
        "all customers arrive in their original order, with the values that were published");
  }

  private void jobsAreMoved() throws InterruptedException {
    narrator.chapter(MOVED + " jobs are moved to another route at once");
    JsonNode moved = publish("job.one_time.schedule.changed", MOVED, Map.of());
    publish("technician.route.changed", 1, Map.of());
    arrive(DISPATCH, 2);
    List<Arrival> groups =
        company.requests().of(DISPATCH).stream().filter(a -> size(a) > 1).toList();
    checks.equal(groups.size(), 1, "the number of bodies that the move arrives in");
    checks.that(
        data(groups).equals(moved.valueStream().toList()), "the jobs arrive as they were moved");
  }

  private void oneFailsAndRecovers(JsonNode customer) throws InterruptedException {
    narrator.chapter("That customer becomes inactive; billing is down, and comes back");
    publish(
        "customer.status.updated",
        1,
        Map.of(
            "customerId", customer.path("customerId").toString(),
            "displayName", customer.path("displayName").asString(),
            "currentStatus", "inactive"));
    arrive(BILLING, 3);
    arrive(CRM, 5);
    List<Arrival> attempts = company.requests().of(BILLING);
    checks.equal(
        attempts.stream().map(Arrival::status).toList(),
        List.of(503, 503, 200),
        "billing's answers");
    checks.equal(
        attempts.stream().map(a -> envelope(a).path("event").asString()).distinct().toList(),
        BILLING.events(),
        "the name that billing gets, which subscribed the alias,");
  }

  private void oneNeverRecovers() throws InterruptedException {
    narrator.chapter("A job is deleted; legacy is down for good, and is given up after 4 attempts");
    publish("job.one_time.deleted", 1, Map.of());
    arrive(LEGACY, 4);
  }

  /// Publishes made-up data, and returns it.
  private JsonNode publish(String event, int items, Map<String, String> values) {
    String data =
        samples.make(Catalogue.released().find(event).orElseThrow().type(), items, values);
    long began = System.nanoTime();
    JsonNode answer = publishing.publish(event, data);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    accepted.add(answer);
    narrator.line("published " + event + ", " + Narrator.items(items) + ":");
    for (JsonNode id : answer.path("ids")) {
      narrator.line("   event " + id.asString());
    }
    narrator.line("   accepted, that is durable, after " + took.toMillis() + " ms");
    return JSON.readTree(data);
  }

  private void arrive(Subscriber subscriber, int requests) throws InterruptedException {
    checks.that(
        company.requests().await(subscriber, requests, PATIENCE, narrator::request),
        "%s gets %d requests in all within %d s"
            .formatted(subscriber.label(), requests, PATIENCE.toSeconds()));
  }

  private static List<JsonNode> data(List<Arrival> arrivals) {
    return arrivals.stream()
        .map(arrival -> envelope(arrival).path("data"))
        .flatMap(data -> data.isArray() ? data.valueStream() : Stream.of(data))
        .toList();
  }

  /// Where the body's first item stands among the imported ones.
  private static int customers(JsonNode imported, Arrival arrival) {
    return imported.valueStream().toList().indexOf(envelope(arrival).path("data").path(0));
  }

  private static int size(Arrival arrival) {
    JsonNode data = envelope(arrival).path("data");
    return data.isArray() ? data.size() : 1;
  }

  private static JsonNode envelope(Arrival arrival) {
    JsonNode envelope = arrival.envelope();
    return envelope == null ? JSON.createObjectNode() : envelope;
  }
}
