package com.poolbrain.webhooks.api.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.api.ops.BuildInfo;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document: the resource `openapi.json` with the limits of the code, the version
/// of this build, and a section `webhooks` that is generated from the event catalogue.
final class OpenApiDocument {

  private static final JsonMapper JSON = new JsonMapper();

  private OpenApiDocument() {}

  static ObjectNode create(EventCatalogue eventCatalogue) {
    ObjectNode document = loadResource();
    document.withObject("/info").put("version", BuildInfo.current().version());
    ObjectNode webhooks = document.putObject("webhooks");
    for (EventTypeDefinition type : eventCatalogue.types()) {
      webhooks.putObject(type.name()).set("post", webhookOperation(new WebhookMessage(type)));
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

  private static ObjectNode webhookOperation(WebhookMessage message) {
    ObjectNode post = JSON.createObjectNode();
    post.put("operationId", message.name());
    post.put("summary", message.type().description());
    post.put("description", message.description());
    post.putArray("tags").add(message.type().category());
    ArrayNode parameters = post.putArray("parameters");
    for (WebhookMessage.Header header : WebhookMessage.HEADERS) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", header.name()).put("in", "header");
      parameter.put("description", header.description()).put("required", header.required());
      parameter.putObject("schema").put("type", "string");
    }
    ObjectNode body = post.putObject("requestBody").put("required", true);
    ObjectNode json = body.withObject("/content").putObject("application/json");
    json.set("schema", message.schema());
    ObjectNode examples = json.putObject("examples");
    message
        .samples()
        .forEach(sample -> examples.putObject(sample.name()).set("value", sample.body()));
    ObjectNode responses = post.putObject("responses");
    responses.putObject("2XX").put("description", "The endpoint acknowledges the delivery.");
    responses
        .putObject("default")
        .put("description", "The attempt failed; the request is repeated by the retry schedule.");
    return post;
  }
}
