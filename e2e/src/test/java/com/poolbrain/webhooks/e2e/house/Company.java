package com.poolbrain.webhooks.e2e.house;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// A company of its own for each test, as its publisher and its administrators use it.
public record Company(Api api, long id) {

  private static final AtomicLong LAST = new AtomicLong(4_000);

  /// A new company that uses webhooks.
  public static Company signUp(Api api) {
    Company company = new Company(api, LAST.incrementAndGet());
    api.put(company.path(), "{\"name\": \"Blue Pools\"}").expect(201);
    company.useWebhooks(true);
    return company;
  }

  /// The same company through another node.
  public Company through(Api other) {
    return new Company(other, id);
  }

  /// Its path in the API.
  public String path() {
    return "/companies/" + id;
  }

  /// Turns the toggle.
  public void useWebhooks(boolean on) {
    api.patch(path(), "{\"webhooks_enabled\": %s}".formatted(on)).expect(200);
  }

  /// Adds an endpoint for these events.
  public Endpoint subscribe(URI url, String... events) {
    return add(
        "{\"url\": \"%s\", \"events\": [%s]}"
            .formatted(
                url, Arrays.stream(events).map(event -> '"' + event + '"').collect(joining(", "))));
  }

  /// Adds an endpoint from its JSON.
  public Endpoint add(String json) {
    JsonNode created = api.post(path() + "/endpoints", json).expect(201);
    return new Endpoint(
        this, created.path("id").stringValue(), created.path("secret").stringValue());
  }

  /// An event of this company, to be published.
  public String event(String name, String data) {
    return "{\"company_id\": %d, \"event\": \"%s\", \"data\": %s}".formatted(id, name, data);
  }

  /// Publishes one event and returns what the API says of it.
  public JsonNode publish(String name, String data) {
    return api.publish(event(name, data)).expect(202).path("events").path(0);
  }

  /// Publishes a customer with this number, and returns the id of its event.
  public String customerCreated(long customer) {
    return publish(
            "customer.created",
            "{\"customerId\": %d, \"displayName\": \"Chris Bale\"}".formatted(customer))
        .path("id")
        .stringValue();
  }

  /// All its deliveries, newest first, page by page.
  ///
  /// @param parameters further ones, such as `status=skipped`
  public List<JsonNode> deliveries(String... parameters) {
    String first = path() + "/deliveries?limit=200" + String.join("", and(parameters));
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = api.get(first).expect(200);
    page.path("data").forEach(all::add);
    while (page.path("next_cursor").isString()) {
      page = api.get(first + "&cursor=" + page.path("next_cursor").stringValue()).expect(200);
      page.path("data").forEach(all::add);
    }
    return all;
  }

  private static List<String> and(String... parameters) {
    return Arrays.stream(parameters).map(parameter -> "&" + parameter).toList();
  }

  /// One delivery with its attempts.
  public JsonNode delivery(String delivery) {
    return api.get(path() + "/deliveries/" + delivery).expect(200);
  }

  /// The same as soon as it has this status.
  public JsonNode delivery(String delivery, String status) {
    return Patience.until(
        "delivery " + delivery + " is " + status,
        () -> delivery(delivery),
        found -> found.path("status").stringValue().equals(status));
  }
}
