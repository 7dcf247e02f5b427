package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.api.ApiClient;
import com.poolbrain.webhooks.cli.api.CompanySetup;
import com.poolbrain.webhooks.cli.listen.FailureMode;
import com.poolbrain.webhooks.cli.listen.WebhookHandler;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
import com.poolbrain.webhooks.signature.Secret;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The company of the demo. Each of its endpoints is one path of the [WebhookListener].
final class DemoCompany {

  static final long ID = 40;
  static final String NAME = "Crystal Clear Pools";

  private final CompanySetup companySetup;
  private final WebhookListener webhookListener;
  private final WebhookLog webhookLog = new WebhookLog();
  private final Map<String, Subscriber> subscribersByEndpointId = new HashMap<>();

  DemoCompany(ApiClient apiClient, WebhookListener webhookListener) {
    this.companySetup = new CompanySetup(apiClient, ID);
    this.webhookListener = webhookListener;
  }

  void create() {
    companySetup.createCompany(NAME);
  }

  /// Creates the endpoint of a subscriber, and a handler that verifies with its secret.
  ///
  /// @return the URL of the endpoint
  String createEndpoint(Subscriber subscriber) {
    String path = "/" + subscriber.label();
    String url = "https://localhost:" + webhookListener.port() + path;
    JsonNode endpoint = companySetup.createEndpoint(url, subscriber.subscribedEvents());
    webhookListener.setHandler(
        path,
        new WebhookHandler(
            Secret.parse(endpoint.path("secret").asString()),
            FailureMode.failFirst(subscriber.failuresPerDelivery()),
            webhook -> webhookLog.add(subscriber, webhook)));
    subscribersByEndpointId.put(endpoint.path("id").asString(), subscriber);
    return url;
  }

  /// Pauses the endpoint of a subscriber.
  void pauseEndpoint(Subscriber subscriber) {
    subscribersByEndpointId.forEach((id, other) -> {
      if (other == subscriber) {
        companySetup.pauseEndpoint(id);
      }
    });
  }

  /// The label of an endpoint's subscriber; the id if the endpoint is unknown.
  String subscriberName(String endpointId) {
    Subscriber subscriber = subscribersByEndpointId.get(endpointId);
    return subscriber == null ? endpointId : subscriber.label();
  }

  /// The webhooks that its endpoints received.
  WebhookLog webhookLog() {
    return webhookLog;
  }
}
