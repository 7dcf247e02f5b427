package com.poolbrain.webhooks.testkit.service;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// Company of one test, with the requests of its publisher and its administrators.
public record TestCompany(ServiceClient api, long id) {

  /// The states of open deliveries twice: one that changes between two questions is found by the
  /// second round.
  private static final List<String> UNDELIVERED_STATUSES =
      List.of(
          "pending",
          "delivering",
          "retrying",
          "pending",
          "delivering",
          "retrying",
          "permanently_failed",
          "skipped");

  private static final AtomicLong LAST_ID = new AtomicLong(4_000);

  /// Creates a company with webhooks enabled.
  public static TestCompany create(ServiceClient api) {
    TestCompany company = new TestCompany(api, LAST_ID.incrementAndGet());
    api.put(company.path(), "{\"name\": \"Blue Pools\"}").expect(201);
    company.setWebhooksEnabled(true);
    return company;
  }

  /// The same company through a client of another node.
  public TestCompany withApi(ServiceClient other) {
    return new TestCompany(other, id);
  }

  /// Its path in the API.
  public String path() {
    return "/companies/" + id;
  }

  /// Enables or disables webhooks.
  public void setWebhooksEnabled(boolean enabled) {
    api.patch(path(), "{\"webhooks_enabled\": %s}".formatted(enabled)).expect(200);
  }

  /// Creates an endpoint for these events.
  public TestEndpoint subscribe(URI url, String... events) {
    return createEndpoint(
        "{\"url\": \"%s\", \"events\": [%s]}"
            .formatted(
                url, Arrays.stream(events).map(event -> '"' + event + '"').collect(joining(", "))));
  }

  /// Creates an endpoint from its JSON.
  public TestEndpoint createEndpoint(String json) {
    JsonNode created = api.post(path() + "/endpoints", json).expect(201);
    return new TestEndpoint(
        this, created.path("id").stringValue(), created.path("secret").stringValue());
  }

  /// JSON of an event of this company.
  public String eventJson(String name, String data) {
    return "{\"company_id\": %d, \"event\": \"%s\", \"data\": %s}".formatted(id, name, data);
  }

  /// Publishes one event, and returns its part of the response.
  public JsonNode publish(String name, String data) {
    return api.publish(eventJson(name, data)).expect(202).path("events").path(0);
  }

  /// Publishes that a customer was created, and returns the id of the event.
  public String publishCustomerCreated(long customerId) {
    return publish(
            "customer.created",
            "{\"customerId\": %d, \"displayName\": \"Chris Bale\"}".formatted(customerId))
        .path("id")
        .stringValue();
  }

  /// All deliveries of the company, newest first, read page by page.
  ///
  /// @param parameters query parameters, such as `status=skipped`
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

  /// Whether every delivery of the company is recorded as delivered. False while the service
  /// answers 503, because it may still reconnect to its database after a fault.
  public boolean isAllDelivered() {
    return UNDELIVERED_STATUSES.stream()
        .map(status -> api.get(path() + "/deliveries?limit=1&status=" + status))
        .allMatch(page -> page.status() != 503 && page.expect(200).path("data").isEmpty());
  }

  private static List<String> queryParameters(String... parameters) {
    return Arrays.stream(parameters).map(parameter -> "&" + parameter).toList();
  }

  /// One delivery with its attempts.
  public JsonNode getDelivery(String deliveryId) {
    return api.get(path() + "/deliveries/" + deliveryId).expect(200);
  }

  /// Waits until a delivery has this status, and returns it with its attempts.
  public JsonNode awaitDelivery(String deliveryId, String status) {
    return Await.until(
        "delivery " + deliveryId + " is " + status,
        () -> getDelivery(deliveryId),
        found -> found.path("status").stringValue().equals(status));
  }
}
