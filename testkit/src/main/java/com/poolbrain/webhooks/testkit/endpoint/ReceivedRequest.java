package com.poolbrain.webhooks.testkit.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Request as it was received, which may be a webhook.
///
/// @param head the exact text up to and including the empty line
/// @param body the exact bytes
public record ReceivedRequest(String head, byte[] body) {

  /// The first line, without its end.
  public String requestLine() {
    return head.lines().findFirst().orElse("");
  }

  /// The path of the request line, with its query.
  public String path() {
    return requestLine().split(" ", -1)[1];
  }

  /// Names as they were spelled and values, in the order received.
  public List<Map.Entry<String, String>> headers() {
    return head.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(ReceivedRequest::parseHeader)
        .toList();
  }

  private static Map.Entry<String, String> parseHeader(String line) {
    int colon = line.indexOf(':');
    return Map.entry(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  /// Header names as they were spelled, in the order received.
  public List<String> headerNames() {
    return headers().stream().map(Map.Entry::getKey).toList();
  }

  /// The value of a header that was sent exactly once, in exactly this spelling.
  public String header(String name) {
    List<String> values =
        headers().stream()
            .filter(header -> header.getKey().equals(name))
            .map(Map.Entry::getValue)
            .toList();
    if (values.size() != 1) {
      throw new AssertionError("header %s has the values %s".formatted(name, values));
    }
    return values.getFirst();
  }

  /// The body, which is ASCII by contract.
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body of a webhook.
  public JsonNode envelope() {
    return JsonMapper.shared().readTree(body);
  }

  /// Delivery id of a webhook.
  public String deliveryId() {
    return envelope().path("id").stringValue();
  }

  /// Event name of a webhook.
  public String eventName() {
    return envelope().path("event").stringValue();
  }

  /// Event id of a webhook.
  public String eventId() {
    return header("X-Webhook-Event-Id");
  }

  /// Attempt number of a webhook, from 1.
  public int attemptNumber() {
    return Integer.parseInt(header("X-Webhook-Attempt"));
  }
}
