package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an endpoint receives of one event type: the headers, the JSON Schema of the body, and
/// sample bodies. All documents say it from here.
///
/// @param type the event type
record WebhookMessage(EventTypeDefinition type) {

  /// A header of every webhook request.
  record Header(String name, String description, boolean required) {}

  static final List<Header> HEADERS =
      List.of(
          new Header(
              "X-Webhook-Signature",
              "Lower-case hex of HMAC-SHA256 over the raw body, with the secret as shown as key.",
              true),
          new Header("X-Webhook-Event", "Equal to `event` in the body.", true),
          new Header(
              "X-Webhook-Event-Id",
              "Id of the published event, equal for all endpoints that it was sent to.",
              true),
          new Header("X-Webhook-Attempt", "Number of the attempt, from 1.", true),
          new Header("X-Webhook-Test", "`true`; on test requests only.", false));

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SAMPLE_ID = "019c5556-3f62-7d1c-8b21-0c4d5e6f7a8b";

  String name() {
    return type.name();
  }

  /// How the type is grouped and named.
  String description() {
    String grouping =
        type.mayBeGrouped()
            ? "`data` is an object, or an array of up to %d objects of one group."
                .formatted(Limits.MAX_CHUNK_ITEMS)
            : "`data` is always an object.";
    return type.aliases().isEmpty()
        ? grouping
        : grouping
            + " An endpoint that subscribes to "
            + type.aliases().stream().map("`%s`"::formatted).collect(Collectors.joining(" or "))
            + " receives that name in `event`.";
  }

  /// JSON Schema of the body.
  ObjectNode schema() {
    ObjectNode envelope = JSON.createObjectNode().put("type", "object");
    ArrayNode required = envelope.putArray("required");
    List.of("id", "event", "company_id", "timestamp", "data").forEach(required::add);
    ObjectNode fields = envelope.putObject("properties");
    fields
        .putObject("id")
        .put("type", "string")
        .put("format", "uuid")
        .put(
            "description",
            "Id of the delivery, equal on every attempt. Use it to detect repeated requests.");
    ArrayNode names = fields.putObject("event").putArray("enum");
    type.names().all().forEach(names::add);
    fields.putObject("company_id").put("type", "integer");
    fields.putObject("timestamp").put("type", "string").put("format", "date-time");
    fields.set("data", data());
    return envelope;
  }

  /// The schema as a document of its own (JSON Schema 2020-12).
  ObjectNode document() {
    ObjectNode document = JSON.createObjectNode();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("$id", "urn:poolbrain:webhooks:request:" + name());
    document.put("title", name()).put("description", type.description());
    document.setAll(schema());
    return document;
  }

  private ObjectNode data() {
    ObjectNode single = (ObjectNode) JSON.readTree(type.schema().json());
    single.remove(List.of("$schema", "$id"));
    if (!type.mayBeGrouped()) {
      return single;
    }
    ObjectNode schema = JSON.createObjectNode();
    ArrayNode alternatives = schema.putArray("oneOf").add(single);
    ObjectNode group = alternatives.addObject().put("type", "array");
    group
        .put("minItems", 2)
        .put("maxItems", Limits.MAX_CHUNK_ITEMS)
        .set("items", single.deepCopy());
    return schema;
  }

  /// A sample body.
  ///
  /// @param name what it shows: `single` or `grouped`
  record Sample(String name, ObjectNode body) {}

  /// One sample with a single item and, if the type may be grouped, one with several.
  List<Sample> samples() {
    Sample single = new Sample("single", body(type.samples().single()));
    String grouped = type.samples().grouped();
    return grouped == null
        ? List.of(single)
        : List.of(single, new Sample("grouped", body(grouped)));
  }

  private ObjectNode body(String data) {
    ObjectNode envelope = JSON.createObjectNode();
    envelope.put("id", SAMPLE_ID).put("event", type.name()).put("company_id", 40);
    envelope.put("timestamp", "2026-02-13T06:42:24.705000Z");
    envelope.set("data", JSON.readTree(data));
    return envelope;
  }
}
