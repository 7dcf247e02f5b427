package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.Api;
import com.poolbrain.webhooks.cli.listen.Arrival;
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
final class Ending {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_MILLIS = 50;
  private static final String DELIVERIES = "/companies/" + DemoCompany.ID + "/deliveries";

  private final Api api;
  private final DemoCompany company;
  private final Narrator narrator;
  private final Checks checks;
  private final InstantSource clock;

  Ending(Api api, DemoCompany company, Narrator narrator, Checks checks, InstantSource clock) {
    this.api = api;
    this.company = company;
    this.narrator = narrator;
    this.checks = checks;
    this.clock = clock;
  }

  void tell(List<JsonNode> accepted) throws InterruptedException {
    int expected = accepted.stream().mapToInt(answer -> answer.path("deliveries").asInt()).sum();
    List<Delivery> deliveries = settled(expected);
    narrator.chapter("What the service has on record");
    show(deliveries);
    checks.equal(deliveries.size(), expected, "the number of deliveries on record");
    for (Delivery delivery : deliveries) {
      check(delivery);
    }
    checkRequests(deliveries);
    sum(accepted, deliveries);
  }

  /// The deliveries once none of them is open any more, oldest first.
  private List<Delivery> settled(int expected) throws InterruptedException {
    long deadline = clock.millis() + PATIENCE.toMillis();
    while (true) {
      List<Delivery> all =
          api.get(DELIVERIES + "?limit=100").path("data").valueStream().map(Delivery::of).toList();
      boolean isSettled = all.size() >= expected && all.stream().noneMatch(Delivery::isOpen);
      if (isSettled || clock.millis() > deadline) {
        return all.reversed();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // the API tells states, not changes
    }
  }

  private void show(List<Delivery> deliveries) {
    Table table = new Table("Event", "Items", "Endpoint", "Attempts", "Status", "Delivery");
    for (Delivery delivery : deliveries) {
      table.row(
          delivery.event(),
          Integer.toString(delivery.items()),
          company.nameOf(delivery.endpointId()),
          Integer.toString(delivery.attempts()),
          delivery.status().word(),
          delivery.id());
    }
    table.lines().forEach(narrator::line);
  }

  private void check(Delivery delivery) {
    String endpoint = company.nameOf(delivery.endpointId());
    DeliveryStatus status =
        endpoint.equals(Subscriber.LEGACY.label())
            ? DeliveryStatus.PERMANENTLY_FAILED
            : DeliveryStatus.DELIVERED;
    int attempts =
        switch (status) {
          case PERMANENTLY_FAILED -> 4;
          default -> endpoint.equals(Subscriber.BILLING.label()) ? 3 : 1;
        };
    checks.equal(delivery.status(), status, "the status of " + delivery.id() + " to " + endpoint);
    checks.equal(delivery.attempts(), attempts, "its number of attempts");
    JsonNode one = api.get(DELIVERIES + "/" + delivery.id());
    checks.equal(one.path("attempts").size(), attempts, "the number of its attempts on record");
  }

  /// The same id has the same bytes on every attempt, and every signature matches.
  private void checkRequests(List<Delivery> deliveries) {
    Map<String, byte[]> bodies = new HashMap<>();
    for (Arrival arrival : company.requests().all()) {
      checks.that(
          arrival.verification() != null && arrival.verification().matches(),
          "every request is signed with its endpoint's secret");
      JsonNode envelope = Objects.requireNonNull(arrival.envelope(), "what matches is an envelope");
      byte[] before = bodies.put(envelope.path("id").asString(), arrival.received().body());
      checks.that(
          before == null || Arrays.equals(before, arrival.received().body()),
          "every attempt of a delivery has the same bytes");
    }
    int attempts = deliveries.stream().mapToInt(Delivery::attempts).sum();
    checks.equal(company.requests().all().size(), attempts, "the number of requests that arrived");
  }

  private void sum(List<JsonNode> accepted, List<Delivery> deliveries) {
    narrator.line("");
    narrator.line(
        "Accepted %d events; %d deliveries: %d delivered (%d of them after retries), %d failed."
            .formatted(
                accepted.stream().mapToInt(answer -> answer.path("ids").size()).sum(),
                deliveries.size(),
                count(deliveries, DeliveryStatus.DELIVERED, 1),
                count(deliveries, DeliveryStatus.DELIVERED, 2),
                count(deliveries, DeliveryStatus.PERMANENTLY_FAILED, 1)));
    if (checks.broken() == 0) {
      narrator.good("All " + checks.held() + " checks of this demo hold.");
    } else {
      narrator.bad(checks.broken() + " checks of this demo do not hold; they are named above.");
    }
  }

  private static long count(List<Delivery> deliveries, DeliveryStatus status, int attempts) {
    return deliveries.stream()
        .filter(delivery -> delivery.status() == status && delivery.attempts() >= attempts)
        .count();
  }
}
