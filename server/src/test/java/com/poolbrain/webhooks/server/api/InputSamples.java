package com.poolbrain.webhooks.server.api;

import com.poolbrain.webhooks.server.api.RequestRules.Input;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Values to try for one input: of every JSON type, at each limit and one beyond, with and without
/// forbidden characters.
final class InputSamples {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String URL = "https://consumer.example/";
  private static final String EMAIL = "ops@pools";
  private static final String FILLER = "abcdefghijklmnopqrst";

  /// A character of two UTF-16 units.
  private static final int FIRST_ANIMAL = 0x1f400;

  private static final List<String> TEXTS =
      List.of(
          FILLER,
          FILLER + " " + FILLER,
          FILLER + "\t",
          FILLER + "\nn",
          FILLER + "\u0000",
          FILLER + "\u200b",
          FILLER + "\u200dn",
          FILLER + "\ufeff",
          FILLER + "\u00e4\ud83c\udfca",
          " ".repeat(20),
          "\u200d".repeat(20));

  /// An event type with nine fields, one more than can be searched.
  static final String EVENT_TYPE =
      """
      {"description": "d", "category": "c", "may_be_grouped": true, "searchable": [],
       "schema": {"type": "object", "additionalProperties": false, "properties": {%s}},
       "samples": [{"f0": 1}]}
      """
          .formatted(
              IntStream.range(0, 9)
                  .mapToObj("\"f%d\": {\"type\": \"integer\"}"::formatted)
                  .collect(Collectors.joining(", ")));

  private static final List<String> SCOPES = List.of("publish", "manage", "read", "operator");

  private final RequestRules rules;
  private final String publication;

  /// @param publication a valid event
  InputSamples(RequestRules rules, String publication) {
    this.rules = rules;
    this.publication = publication;
  }

  List<JsonNode> of(Input input) {
    List<JsonNode> samples = new ArrayList<>();
    samples.add(JSON.nullNode());
    samples.add(JSON.numberNode(7));
    samples.add(JSON.numberNode(1.5));
    samples.add(JSON.booleanNode(true));
    samples.add(JSON.arrayNode());
    samples.add(JSON.objectNode());
    for (JsonNode alternative : rules.alternatives(input.schema())) {
      addLimits(input, alternative, samples);
      if (!alternative.has("format")) {
        TEXTS.forEach(text -> samples.add(JSON.stringNode(text)));
      }
    }
    return samples;
  }

  private void addLimits(Input input, JsonNode schema, List<JsonNode> samples) {
    for (String keyword : List.of("minLength", "maxLength")) {
      if (schema.has(keyword)) {
        around(schema, keyword)
            .forEach(length -> samples.add(JSON.stringNode(text(input, length, 'a'))));
        around(schema, keyword)
            .forEach(length -> samples.add(JSON.stringNode(text(input, length, FIRST_ANIMAL))));
      }
    }
    for (String keyword : List.of("minItems", "maxItems")) {
      if (schema.has(keyword)) {
        around(schema, keyword).forEach(size -> samples.add(array(input, size)));
      }
    }
    for (String keyword : List.of("minimum", "maximum")) {
      if (schema.has(keyword)) {
        BigDecimal limit = schema.get(keyword).decimalValue();
        BigDecimal step = limit.scale() > 0 ? limit.movePointLeft(1) : BigDecimal.ONE;
        samples.add(JSON.numberNode(limit.subtract(step)));
        samples.add(JSON.numberNode(limit));
        samples.add(JSON.numberNode(limit.add(step)));
      }
    }
    schema.path("enum").forEach(samples::add);
  }

  private static IntStream around(JsonNode schema, String keyword) {
    int limit = schema.get(keyword).intValue();
    return IntStream.rangeClosed(Math.max(0, limit - 1), limit + 1);
  }

  /// A text of different characters; a URL is ASCII, and an e-mail address has a host.
  private static String text(Input input, int length, int firstCharacter) {
    if (input.name().equals("alert_emails") && firstCharacter == 'a' && length > EMAIL.length()) {
      String labels = "d".repeat(60) + ".";
      return (EMAIL + labels.repeat(length / labels.length() + 1)).substring(0, length - 1) + "d";
    }
    boolean isUrl = input.name().equals("url") && length >= URL.length();
    String start = isUrl ? URL : "";
    int first = isUrl ? 'a' : firstCharacter;
    return IntStream.range(0, length - start.length())
        .mapToObj(i -> Character.toString(first + i % 20))
        .collect(Collectors.joining("", start, ""));
  }

  private ArrayNode array(Input input, int size) {
    ArrayNode array = JSON.arrayNode();
    for (int i = 0; i < size; i++) {
      array.add(element(input, i));
    }
    return array;
  }

  private JsonNode element(Input input, int index) {
    JsonNode event = MAPPER.readTree(publication);
    return switch (input.name()) {
      case "events" -> event.get("event");
      case "alert_emails" -> JSON.stringNode(EMAIL + index + ".example");
      case "scopes" -> JSON.stringNode(SCOPES.get(index % SCOPES.size()));
      case "data" -> event.get("data");
      case "searchable" -> JSON.stringNode("f" + index);
      case "samples" -> JSON.objectNode().put("f0", index);
      case "" -> event;
      default -> throw new IllegalStateException("no element for " + input);
    };
  }
}
