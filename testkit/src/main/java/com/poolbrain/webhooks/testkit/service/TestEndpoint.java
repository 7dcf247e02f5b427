package com.poolbrain.webhooks.testkit.service;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// Endpoint of a company.
///
/// @param secret the signing secret, as shown when the endpoint was created
public record TestEndpoint(TestCompany company, String id, String secret) {

  /// Its path in the API.
  public String path() {
    return company.path() + "/endpoints/" + id;
  }

  /// Changes fields of the endpoint.
  public void patch(String json) {
    company.api().patch(path(), json).expect(200);
  }

  /// All deliveries to the endpoint, newest first.
  public List<JsonNode> listDeliveries() {
    return company.listDeliveries("endpoint_id=" + id);
  }

  /// Waits until there are this many deliveries and all have this status, and returns them.
  public List<JsonNode> awaitDeliveries(int count, String status) {
    return Await.until(
        "%d deliveries are %s".formatted(count, status),
        this::listDeliveries,
        found ->
            found.size() == count
                && found.stream()
                    .allMatch(delivery -> delivery.path("status").stringValue().equals(status)));
  }

  /// Waits until the only delivery has this status, and returns it with its attempts.
  public JsonNode awaitOnlyDelivery(String status) {
    return company.getDelivery(awaitDeliveries(1, status).getFirst().path("id").stringValue());
  }

  /// Redelivers one of its deliveries.
  public ApiResponse redeliver(String delivery) {
    return company.api().post("%s/deliveries/%s/redeliver".formatted(company.path(), delivery), "");
  }
}
