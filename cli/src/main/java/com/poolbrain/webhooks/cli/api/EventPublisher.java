package com.poolbrain.webhooks.cli.api;

import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Publisher of the events of one company.
public final class EventPublisher {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ApiClient apiClient;
  private final long companyId;

  /// A publisher for this company.
  public EventPublisher(ApiClient apiClient, long companyId) {
    this.apiClient = apiClient;
    this.companyId = companyId;
  }

  /// Publishes one event.
  ///
  /// @param data JSON: an object, or an array of objects of one operation
  /// @return the result with `id`, `ids`, `event`, `deliveries`, `skipped`
  public JsonNode publish(String event, String data) {
    ObjectNode requestBody = JSON.createObjectNode();
    requestBody.put("company_id", companyId);
    requestBody.put("event", event);
    requestBody.set("data", JSON.readTree(data));
    requestBody.put("operation", UUID.randomUUID().toString());
    return apiClient.post("/events", requestBody).path("events").path(0);
  }
}
