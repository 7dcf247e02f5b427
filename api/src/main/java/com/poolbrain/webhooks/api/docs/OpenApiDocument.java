package com.poolbrain.webhooks.api.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.api.ops.BuildInfo;
import com.poolbrain.webhooks.domain.Limits;
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

/// The OpenAPI 3.1 document: the resource `openapi.json` with the limits of the code, the version
/// of this build, and a section `webhooks` that is generated from the event catalogue.
final class OpenApiDocument {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SAMPLE_ID = "019c5556-3f62-7d1c-8b21-0c4d5e6f7a8b";

  /// A header of every webhook request.
  private record Header(String name, String description, boolean required) {}

  private static final List<Header> HEADERS =
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
      byte[] template = Objects.requireNonNull(in, "openapi.json").readAllBytes();
      return (ObjectNode) JSON.readTree(DocumentedLimits.fillIn(new String(template, UTF_8)));
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
    for (Header header : HEADERS) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", header.name()).put("in", "header");
      parameter.put("description", header.description()).put("required", header.required());
      parameter.putObject("schema").put("type", "string");
    }
    ObjectNode body = post.putObject("requestBody").put("required", true);
    ObjectNode json = body.withObject("/content").putObject("application/json");
    json.set("schema", envelope(type));
    json.set("examples", examples(type));
    ObjectNode responses = post.putObject("responses");
    responses.putObject("2XX").put("description", "The endpoint acknowledges the delivery.");
    responses
        .putObject("default")
        .put("description", "The attempt failed; the request is repeated by the retry schedule.");
    return post;
  }

  private static String description(EventTypeDefinition type) {
    String grouping =
        type.mayBeGrouped()
            ? "`data` is an object, or an array of up to %d objects of one group."
                .formatted(Limits.MAX_CHUNK_ITEMS)
            : "`data` is always an object.";
    return type.aliases().isEmpty()
        ? grouping
        : grouping
            + " An endpoint that subscribes to "
            + String.join(" or ", type.aliases().stream().map(alias -> "`" + alias + "`").toList())
            + " receives that name in `event`.";
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
        .put(
            "description",
            "Id of the delivery, equal on every attempt. Use it to detect repeated requests.");
    ArrayNode names = fields.putObject("event").putArray("enum");
    type.names().all().forEach(names::add);
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
    group
        .put("minItems", 2)
        .put("maxItems", Limits.MAX_CHUNK_ITEMS)
        .set("items", single.deepCopy());
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
