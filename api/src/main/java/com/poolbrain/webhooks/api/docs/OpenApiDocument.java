package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.api.ops.BuildInfo;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document: the resource `openapi.json`, with the version of this build and a
/// `webhooks` section made from the catalogue.
final class OpenApiDocument {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SAMPLE_ID = "019c5556-3f62-7d1c-8b21-0c4d5e6f7a8b";

  /// What consumers get with every request.
  private static final List<String[]> HEADERS =
      List.of(
          new String[] {
            "X-Webhook-Signature",
            "Lower-case hex of HMAC-SHA256 over the raw body; the key is the secret as shown.",
            "true"
          },
          new String[] {"X-Webhook-Event", "The same name as in the body.", "true"},
          new String[] {
            "X-Webhook-Event-Id", "The business event, shared by all endpoints it went to.", "true"
          },
          new String[] {"X-Webhook-Attempt", "1 for the first try.", "true"},
          new String[] {"X-Webhook-Test", "true, on test sends only.", "false"});

  private OpenApiDocument() {}

  static ObjectNode create(EventCatalogue eventCatalogue) {
    ObjectNode document = loadResource();
    document.withObject("/info").put("version", BuildInfo.current().version());
    ObjectNode webhooks = document.putObject("webhooks");
    for (EventTypeDefinition type : eventCatalogue.types()) {
      webhooks.putObject(type.name()).set("post", webhookOperation(type));
    }
    return document;
  }

  private static ObjectNode loadResource() {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("openapi.json")) {
      return (ObjectNode) JSON.readTree(Objects.requireNonNull(in, "openapi.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode webhookOperation(EventTypeDefinition type) {
    ObjectNode post = JSON.createObjectNode();
    post.put("operationId", type.name());
    post.put("summary", type.description());
    post.put("description", description(type));
    post.putArray("tags").add(type.category());
    ArrayNode parameters = post.putArray("parameters");
    for (String[] header : HEADERS) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", header[0]).put("in", "header").put("description", header[1]);
      parameter.put("required", Boolean.parseBoolean(header[2]));
      parameter.putObject("schema").put("type", "string");
    }
    ObjectNode body = post.putObject("requestBody").put("required", true);
    ObjectNode json = body.withObject("/content").putObject("application/json");
    json.set("schema", envelope(type));
    json.set("examples", examples(type));
    ObjectNode responses = post.putObject("responses");
    responses.putObject("2XX").put("description", "Acknowledged.");
    responses.putObject("default").put("description", "Failed; it is tried again on schedule.");
    return post;
  }

  private static String description(EventTypeDefinition type) {
    String grouping =
        type.mayBeGrouped()
            ? "`data` is an object, or an array of up to 100 when several occurred together."
            : "`data` is always an object.";
    return type.aliases().isEmpty()
        ? grouping
        : grouping
            + " An endpoint that selected "
            + String.join(" or ", type.aliases().stream().map(alias -> "`" + alias + "`").toList())
            + " gets that name in `event`.";
  }

  private static ObjectNode envelope(EventTypeDefinition type) {
    ObjectNode envelope = JSON.createObjectNode().put("type", "object");
    ArrayNode required = envelope.putArray("required");
    List.of("id", "event", "company_id", "timestamp", "data").forEach(required::add);
    ObjectNode fields = envelope.putObject("properties");
    fields
        .putObject("id")
        .put("type", "string")
        .put("format", "uuid")
        .put("description", "One for each delivery; the same on every retry. Be idempotent by it.");
    ArrayNode names = fields.putObject("event").putArray("enum").add(type.name());
    type.aliases().forEach(names::add);
    fields.putObject("company_id").put("type", "integer");
    fields.putObject("timestamp").put("type", "string").put("format", "date-time");
    fields.set("data", data(type));
    return envelope;
  }

  private static ObjectNode data(EventTypeDefinition type) {
    ObjectNode single = (ObjectNode) JSON.readTree(type.schema().json());
    single.remove(List.of("$schema", "$id"));
    if (!type.mayBeGrouped()) {
      return single;
    }
    ObjectNode schema = JSON.createObjectNode();
    ArrayNode alternatives = schema.putArray("oneOf").add(single);
    ObjectNode group = alternatives.addObject().put("type", "array");
    group.put("minItems", 2).put("maxItems", 100).set("items", single.deepCopy());
    return schema;
  }

  private static ObjectNode examples(EventTypeDefinition type) {
    ObjectNode examples = JSON.createObjectNode();
    examples.putObject("single").set("value", sample(type, type.samples().single()));
    String grouped = type.samples().grouped();
    if (grouped != null) {
      examples.putObject("grouped").set("value", sample(type, grouped));
    }
    return examples;
  }

  private static ObjectNode sample(EventTypeDefinition type, String data) {
    ObjectNode envelope = JSON.createObjectNode();
    envelope.put("id", SAMPLE_ID).put("event", type.name()).put("company_id", 40);
    envelope.put("timestamp", "2026-02-13T06:42:24.705000Z");
    envelope.set("data", JSON.readTree(data));
    return envelope;
  }
}
