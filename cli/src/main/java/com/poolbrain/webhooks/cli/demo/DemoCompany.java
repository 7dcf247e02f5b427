package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.listen.FailureMode;
import com.poolbrain.webhooks.cli.listen.WebhookHandler;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
import com.poolbrain.webhooks.signature.Secret;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The company of the story with its endpoints, all of them behind one [WebhookListener].
final class DemoCompany {

  static final long ID = 40;
  static final String NAME = "Crystal Clear Pools";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ApiClient apiClient;
  private final WebhookListener webhookListener;
  private final WebhookLog webhookLog = new WebhookLog();
  private final Map<Subscriber, CreatedEndpoint> endpoints = new EnumMap<>(Subscriber.class);

  /// An endpoint that exists.
  record CreatedEndpoint(String endpointId, String url) {}

  DemoCompany(ApiClient apiClient, WebhookListener webhookListener) {
    this.apiClient = apiClient;
    this.webhookListener = webhookListener;
  }

  void create() {
    apiClient.put("/companies/" + ID, JSON.createObjectNode().put("name", NAME));
    apiClient.patch("/companies/" + ID, JSON.createObjectNode().put("webhooks_enabled", true));
  }

  /// Makes the subscriber's endpoint, and gives its secret to the inbox that it leads to.
  CreatedEndpoint createEndpoint(Subscriber subscriber) {
    String path = "/" + subscriber.label();
    ObjectNode endpointRequest = JSON.createObjectNode();
    endpointRequest.put("url", "https://localhost:" + webhookListener.port() + path);
    subscriber.subscribedEvents().forEach(endpointRequest.putArray("events")::add);
    JsonNode response = apiClient.post("/companies/" + ID + "/endpoints", endpointRequest);
    webhookListener.setHandler(
        path,
        new WebhookHandler(
            Secret.parse(response.path("secret").asString()),
            FailureMode.failFirst(subscriber.failuresPerDelivery()),
            webhook -> webhookLog.add(subscriber, webhook)));
    CreatedEndpoint endpoint =
        new CreatedEndpoint(response.path("id").asString(), response.path("url").asString());
    endpoints.put(subscriber, endpoint);
    return endpoint;
  }

  /// The subscriber behind an endpoint's id, or the id itself.
  String subscriberName(String endpointId) {
    for (Map.Entry<Subscriber, CreatedEndpoint> entry : endpoints.entrySet()) {
      if (entry.getValue().endpointId().equals(endpointId)) {
        return entry.getKey().label();
      }
    }
    return endpointId;
  }

  /// What arrived at its endpoints.
  WebhookLog webhookLog() {
    return webhookLog;
  }
}
