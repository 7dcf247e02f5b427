package com.poolbrain.webhooks.cli;

import static com.poolbrain.webhooks.cli.ResultPrinter.text;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Deliveries and look-ups as text for people.
final class DeliveryText {

  private DeliveryText() {}

  /// A delivery with its attempts.
  static List<String> describe(JsonNode delivery) {
    List<String> lines = new ArrayList<>();
    lines.add("%s  %s".formatted(text(delivery.path("id")), status(delivery)));
    lines.add(
        "  %s, event %s, endpoint %s"
            .formatted(
                text(delivery.path("event")),
                text(delivery.path("event_id")),
                text(delivery.path("endpoint_id"))));
    lines.add(
        "  occurred %s, accepted %s"
            .formatted(text(delivery.path("occurred_at")), text(delivery.path("created_at"))));
    lines.addAll(attempts(delivery, "  "));
    return lines;
  }

  /// What became of an event for each endpoint.
  static List<String> describeEvent(JsonNode event) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s of company %s"
            .formatted(
                text(event.path("id")), text(event.path("event")), text(event.path("company_id"))));
    lines.add(
        "  occurred %s, accepted %s"
            .formatted(text(event.path("occurred_at")), text(event.path("accepted_at"))));
    for (JsonNode endpoint : event.path("endpoints")) {
      lines.add(
          "  %-14s  %s  %s"
              .formatted(
                  text(endpoint.path("decision")),
                  text(endpoint.path("endpoint_id")),
                  text(endpoint.path("url"))));
      if (endpoint.has("reason")) {
        lines.add("    " + text(endpoint.path("reason")));
      }
      JsonNode delivery = endpoint.path("delivery");
      if (delivery.isObject()) {
        lines.add("    delivery %s  %s".formatted(text(delivery.path("id")), status(delivery)));
        lines.addAll(attempts(delivery, "    "));
      }
    }
    return lines;
  }

  private static String status(JsonNode delivery) {
    String status = text(delivery.path("status"));
    if (delivery.has("skip_reason")) {
      return status + " (" + text(delivery.path("skip_reason")) + ")";
    }
    return delivery.has("next_attempt_at")
        ? status + ", next attempt " + text(delivery.path("next_attempt_at"))
        : status;
  }

  private static List<String> attempts(JsonNode delivery, String indent) {
    return delivery
        .path("attempts")
        .valueStream()
        .map(attempt ->
            "%s%s. %s  %s  %s ms  %s"
                .formatted(
                    indent,
                    text(attempt.path("number")),
                    text(attempt.path("started_at")),
                    text(attempt.path("trigger")),
                    text(attempt.path("duration_ms")),
                    result(attempt)))
        .toList();
  }

  private static String result(JsonNode attempt) {
    String code = attempt.path("status_code").asString("");
    String error = attempt.path("error").asString("");
    String detail = attempt.path("detail").asString("");
    return String.join(
        " ", List.of(code, error, detail).stream().filter(part -> !part.isEmpty()).toList());
  }
}
