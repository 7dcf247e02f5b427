package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A webhook as a consumer got it.
public record ReceivedWebhook(ReceivedRequest request) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Header names in their spelling.
  public List<String> headerNames() {
    return request.headers().stream().map(Map.Entry::getKey).toList();
  }

  /// A header that is there once, in exactly this spelling.
  public String header(String name) {
    List<String> values =
        request.headers().stream()
            .filter(header -> header.getKey().equals(name))
            .map(Map.Entry::getValue)
            .toList();
    if (values.size() != 1) {
      throw new AssertionError("%s has the values %s".formatted(name, values));
    }
    return values.getFirst();
  }

  /// The exact text of the body.
  public String bodyText() {
    return request.bodyText();
  }

  /// The envelope.
  public JsonNode envelope() {
    return JSON.readTree(request.body());
  }

  /// The id of the delivery.
  public String deliveryId() {
    return envelope().path("id").stringValue();
  }

  /// The name of the event.
  public String eventName() {
    return envelope().path("event").stringValue();
  }

  /// The id of the event.
  public String eventId() {
    return header("X-Webhook-Event-Id");
  }

  /// The number of the attempt.
  public int attemptNumber() {
    return Integer.parseInt(header("X-Webhook-Attempt"));
  }
}
