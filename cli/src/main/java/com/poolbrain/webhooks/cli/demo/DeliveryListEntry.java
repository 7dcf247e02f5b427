package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import tools.jackson.databind.JsonNode;

/// An entry of the list of deliveries that the API returns.
///
/// @param event the event name that was sent
/// @param attemptCount attempts so far
record DeliveryListEntry(
    String id,
    String eventId,
    String endpointId,
    String event,
    int items,
    DeliveryStatus status,
    int attemptCount) {

  static DeliveryListEntry fromJson(JsonNode json) {
    return new DeliveryListEntry(
        json.path("id").asString(),
        json.path("event_id").asString(),
        json.path("endpoint_id").asString(),
        json.path("event").asString(),
        json.path("items").asInt(),
        DeliveryStatus.fromWireName(json.path("status").asString()),
        json.path("attempt_count").asInt());
  }

  boolean isOpen() {
    return switch (status) {
      case PENDING, DELIVERING, RETRYING -> true;
      case DELIVERED, PERMANENTLY_FAILED, SKIPPED -> false;
    };
  }
}
