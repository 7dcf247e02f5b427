package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.api.ops.BuildInfo;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The AsyncAPI 3.0 document: one channel, the URL of an endpoint, to which the service sends a
/// message of each event type
/// ([AsyncAPI](https://www.asyncapi.com/docs/reference/specification/v3.0.0)).
final class AsyncApiDocument {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CHANNEL = "endpoint";

  private AsyncApiDocument() {}

  static ObjectNode create(EventCatalogue eventCatalogue) {
    ObjectNode document = JSON.createObjectNode().put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Pool Brain webhooks")
        .put("version", BuildInfo.current().version())
        .put(
            "description",
            "What the service posts to the endpoints of a company. An answer with a 2xx status"
                + " acknowledges a message; each other answer is an attempt that failed.");
    document.put("defaultContentType", "application/json");

    ObjectNode channel = document.putObject("channels").putObject(CHANNEL);
    channel.putNull("address");
    channel.put("title", "Endpoint").put("description", "The HTTPS URL that a company chose.");
    ObjectNode channelMessages = channel.putObject("messages");

    ObjectNode send = document.putObject("operations").putObject("send");
    send.put("action", "send").set("channel", reference("channels", CHANNEL));
    send.put("summary", "Deliver an event to an endpoint");
    send.putObject("bindings")
        .putObject("http")
        .put("method", "POST")
        .put("bindingVersion", "0.3.0");
    ArrayNode sent = send.putArray("messages");

    ObjectNode messages = document.putObject("components").putObject("messages");
    for (EventTypeDefinition type : eventCatalogue.types()) {
      channelMessages.set(type.name(), reference("components", "messages", type.name()));
      sent.add(reference("channels", CHANNEL, "messages", type.name()));
      messages.set(type.name(), message(new WebhookMessage(type)));
    }
    return document;
  }

  private static ObjectNode reference(String... path) {
    return JSON.createObjectNode().put("$ref", "#/" + String.join("/", path));
  }

  private static ObjectNode message(WebhookMessage webhook) {
    ObjectNode message = JSON.createObjectNode();
    message.put("name", webhook.name()).put("title", webhook.name());
    message.put("summary", webhook.type().description());
    message.put("description", webhook.description());
    ObjectNode headers = message.putObject("headers").put("type", "object");
    ArrayNode required = headers.putArray("required");
    ObjectNode fields = headers.putObject("properties");
    for (WebhookMessage.Header header : WebhookMessage.HEADERS) {
      fields
          .putObject(header.name())
          .put("type", "string")
          .put("description", header.description());
      if (header.required()) {
        required.add(header.name());
      }
    }
    message.set("payload", webhook.schema());
    ArrayNode examples = message.putArray("examples");
    webhook
        .samples()
        .forEach(sample ->
            examples.addObject().put("name", sample.name()).set("payload", sample.body()));
    return message;
  }
}
