package com.poolbrain.webhooks.e2e.support;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// A company of its own for each test, as its publisher and its administrators use it.
public record TestCompany(ApiClient api, long id) {

  private static final AtomicLong LAST_ID = new AtomicLong(4_000);

  /// A new company that uses webhooks.
  public static TestCompany create(ApiClient api) {
    TestCompany company = new TestCompany(api, LAST_ID.incrementAndGet());
    api.put(company.path(), "{\"name\": \"Blue Pools\"}").expect(201);
    company.setWebhooksEnabled(true);
    return company;
  }

  /// The same company through another node.
  public TestCompany withApi(ApiClient other) {
    return new TestCompany(other, id);
  }

  /// Its path in the API.
  public String path() {
    return "/companies/" + id;
  }

  /// Turns the toggle.
  public void setWebhooksEnabled(boolean enabled) {
    api.patch(path(), "{\"webhooks_enabled\": %s}".formatted(enabled)).expect(200);
  }

  /// Adds an endpoint for these events.
  public TestEndpoint subscribe(URI url, String... events) {
    return createEndpoint(
        "{\"url\": \"%s\", \"events\": [%s]}"
            .formatted(
                url, Arrays.stream(events).map(event -> '"' + event + '"').collect(joining(", "))));
  }

  /// Adds an endpoint from its JSON.
  public TestEndpoint createEndpoint(String json) {
    JsonNode created = api.post(path() + "/endpoints", json).expect(201);
    return new TestEndpoint(
        this, created.path("id").stringValue(), created.path("secret").stringValue());
  }

  /// An event of this company, to be published.
  public String eventJson(String name, String data) {
    return "{\"company_id\": %d, \"event\": \"%s\", \"data\": %s}".formatted(id, name, data);
  }

  /// Publishes one event and returns what the API says of it.
  public JsonNode publish(String name, String data) {
    return api.publish(eventJson(name, data)).expect(202).path("events").path(0);
  }

  /// Publishes a customer with this number, and returns the id of its event.
  public String publishCustomerCreated(long customerId) {
    return publish(
            "customer.created",
            "{\"customerId\": %d, \"displayName\": \"Chris Bale\"}".formatted(customerId))
        .path("id")
        .stringValue();
  }

  /// All its deliveries, newest first, page by page.
  ///
  /// @param parameters further ones, such as `status=skipped`
  public List<JsonNode> listDeliveries(String... parameters) {
    String firstPagePath =
        path() + "/deliveries?limit=200" + String.join("", queryParameters(parameters));
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = api.get(firstPagePath).expect(200);
    page.path("data").forEach(all::add);
    while (page.path("next_cursor").isString()) {
      page =
          api.get(firstPagePath + "&cursor=" + page.path("next_cursor").stringValue()).expect(200);
      page.path("data").forEach(all::add);
    }
    return all;
  }

  private static List<String> queryParameters(String... parameters) {
    return Arrays.stream(parameters).map(parameter -> "&" + parameter).toList();
  }

  /// One delivery with its attempts.
  public JsonNode getDelivery(String deliveryId) {
    return api.get(path() + "/deliveries/" + deliveryId).expect(200);
  }

  /// The same as soon as it has this status.
  public JsonNode getDelivery(String deliveryId, String status) {
    return Await.until(
        "delivery " + deliveryId + " is " + status,
        () -> getDelivery(deliveryId),
        found -> found.path("status").stringValue().equals(status));
  }
}
