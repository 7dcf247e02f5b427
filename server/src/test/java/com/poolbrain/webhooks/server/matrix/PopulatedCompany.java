package com.poolbrain.webhooks.server.matrix;

import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A company that has something of everything: two endpoints, an event and its two failed
/// deliveries, a rolled secret.
final class PopulatedCompany {

  /// Nothing listens there, so a delivery waits an hour for its retry.
  private static final String URL = "https://127.0.0.1:1/%s-token";

  private final ServiceClient operator;
  private final TestCompany company;
  private final TestEndpoint endpoint;
  private final String deliveryId;
  private final String eventId;
  private final List<String> traces = new ArrayList<>();
  private final Map<String, ServiceClient> keys = new HashMap<>();

  private PopulatedCompany(ServiceClient operator) {
    this.operator = operator;
    this.company = TestCompany.create(operator);
    String name = "Pools-%d-of-a-company".formatted(company.id());
    operator.put(company.path(), "{\"name\": \"%s\"}".formatted(name)).expect(200);
    this.endpoint = company.subscribe(URI.create(URL.formatted(name)), "customer.created");
    TestEndpoint second = company.subscribe(URI.create(URL.formatted(name)), "customer.created");
    this.eventId = company.publish("customer.created", customer()).path("id").asString();
    List<JsonNode> deliveries =
        Await.until(
            "both deliveries failed once",
            () -> company.listDeliveries("status=retrying"),
            found -> found.size() == 2);
    this.deliveryId = deliveries.getFirst().path("id").asString();
    traces.addAll(List.of(name, endpoint.id(), second.id(), endpoint.secret(), second.secret()));
    traces.addAll(List.of(eventId, deliveryId, deliveries.getLast().path("id").asString()));
    traces.add("\"company_id\":%d,".formatted(company.id()));
  }

  static PopulatedCompany create(ServiceClient operator) {
    return new PopulatedCompany(operator);
  }

  private String customer() {
    return "{\"customerId\": %1$d, \"displayName\": \"Pools-%1$d-of-a-company\"}"
        .formatted(company.id());
  }

  /// The id of the company or of one of its things, by the name of a path variable.
  String id(String variable) {
    return switch (variable) {
      case "company_id" -> Long.toString(company.id());
      case "endpoint_id" -> endpoint.id();
      case "delivery_id" -> deliveryId;
      default -> throw new IllegalArgumentException("no " + variable + " of a company");
    };
  }

  boolean has(String variable) {
    return List.of("company_id", "endpoint_id", "delivery_id").contains(variable);
  }

  String eventId() {
    return eventId;
  }

  String endpointPath() {
    return endpoint.path();
  }

  /// A body that publishes an event of this company.
  String publication() {
    return company.eventJson("customer.created", customer());
  }

  /// A client with a new key of this company.
  ServiceClient withKey(String scope) {
    return keys.computeIfAbsent(
        scope,
        s -> {
          String key =
              operator
                  .post(
                      "/keys",
                      "{\"name\": \"k\", \"scopes\": [\"%s\"], \"company_id\": %d}"
                          .formatted(s, company.id()))
                  .expect(201)
                  .path("key")
                  .asString();
          return operator.withKey(key);
        });
  }

  /// Texts that tell of this company wherever they appear.
  List<String> traces() {
    return List.copyOf(traces);
  }

  /// Everything that the API shows of this company, its audit included, which also has each
  /// revealed secret and each attempt by hand.
  List<JsonNode> state() {
    List<JsonNode> state = new ArrayList<>();
    String deliveries = company.path() + "/deliveries";
    for (String path :
        List.of(
            company.path(),
            company.path() + "/endpoints",
            company.path() + "/jobs",
            deliveries,
            deliveries + "/" + deliveryId,
            "/audit?limit=200&company_id=" + company.id())) {
      state.add(withoutHealth(operator.get(path).expect(200)));
    }
    return state;
  }

  /// The health of an endpoint changes some seconds after an attempt, whoever calls.
  private static JsonNode withoutHealth(JsonNode answer) {
    for (JsonNode row : answer.path("data")) {
      if (row.has("status_since")) {
        ((ObjectNode) row).remove(List.of("status", "status_since", "last_delivery_at"));
      }
    }
    return answer;
  }
}
