package com.poolbrain.webhooks.cli.api;

import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Publishes what happens at one company.
public final class Publishing {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Api api;
  private final long company;

  /// Publishes over this API, for this company.
  public Publishing(Api api, long company) {
    this.api = api;
    this.company = company;
  }

  /// Publishes one object.
  ///
  /// @param data JSON: an object, or an array of those that one operation brought about
  /// @return what it became: `id`, `ids`, `event`, `deliveries`, `skipped`
  public JsonNode publish(String event, String data) {
    ObjectNode object = JSON.createObjectNode();
    object.put("company_id", company);
    object.put("event", event);
    object.set("data", JSON.readTree(data));
    object.put("operation", UUID.randomUUID().toString());
    return api.post("/events", object).path("events").path(0);
  }
}
