package com.poolbrain.webhooks.e2e.support;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// An endpoint of a company.
///
/// @param secret as shown when it was created
public record TestEndpoint(TestCompany company, String id, String secret) {

  /// Its path in the API.
  public String path() {
    return company.path() + "/endpoints/" + id;
  }

  /// Changes it.
  public void patch(String json) {
    company.api().patch(path(), json).expect(200);
  }

  /// Its deliveries, newest first.
  public List<JsonNode> listDeliveries() {
    return company.listDeliveries("endpoint_id=" + id);
  }

  /// Its deliveries as soon as there are so many and all have this status.
  public List<JsonNode> listDeliveries(int count, String status) {
    return Await.until(
        "%d deliveries are %s".formatted(count, status),
        this::listDeliveries,
        found ->
            found.size() == count
                && found.stream()
                    .allMatch(delivery -> delivery.path("status").stringValue().equals(status)));
  }

  /// Its only delivery as soon as it has this status, with its attempts.
  public JsonNode awaitOnlyDelivery(String status) {
    return company.getDelivery(listDeliveries(1, status).getFirst().path("id").stringValue());
  }

  /// Sends one of its deliveries again.
  public ApiResponse redeliver(String delivery) {
    return company.api().post("%s/deliveries/%s/redeliver".formatted(company.path(), delivery), "");
  }
}
