package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads one envelope, for receivers.
final class EnvelopeReader {

  private static final Pattern UUID_PATTERN =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final JsonMapper ITEM_MAPPER =
      JsonMapper.builder(StrictJsonReader.FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final StrictJsonReader json;
  private @Nullable UUID id;
  private @Nullable String event;
  private @Nullable Long companyId;
  private @Nullable Instant timestamp;
  private @Nullable EnvelopeData data;

  private EnvelopeReader(StrictJsonReader json) {
    this.json = json;
  }

  static Envelope read(byte[] body) {
    try (StrictJsonReader json = StrictJsonReader.open(body)) {
      return new EnvelopeReader(json).read();
    }
  }

  private Envelope read() {
    require(json.next() == JsonToken.START_OBJECT, "An envelope is a JSON object.");
    while (json.next() == JsonToken.PROPERTY_NAME) {
      String name = json.name();
      json.next();
      switch (name) {
        case "id" -> id = readId();
        case "event" -> event = readString("event must be a string: the name of the event.");
        case "company_id" -> companyId = readCompanyId();
        case "timestamp" -> timestamp = readTimestamp();
        case "data" -> data = readData();
        default -> json.skipValue();
      }
    }
    json.requireEnd();
    return new Envelope(
        requirePresent("id", id),
        requirePresent("event", event),
        requirePresent("company_id", companyId),
        requirePresent("timestamp", timestamp),
        requirePresent("data", data));
  }

  private UUID readId() {
    String message = "id must be a UUID, like af1edcbb-4622-4653-8ee1-4cb9b2d242bd.";
    String text = readString(message);
    require(UUID_PATTERN.matcher(text).matches(), message);
    return UUID.fromString(text);
  }

  private long readCompanyId() {
    String message = "company_id must be an integer of at most 64 bits.";
    require(json.token() == JsonToken.VALUE_NUMBER_INT, message);
    try {
      return Long.parseLong(json.text());
    } catch (NumberFormatException tooLarge) {
      throw invalid(json.pointer(), message);
    }
  }

  private Instant readTimestamp() {
    String text = readString("timestamp must be a string, like 2026-02-13T06:42:24.705000Z.");
    try {
      return WireTimestamp.parse(text);
    } catch (IllegalArgumentException e) {
      throw invalid(json.pointer(), String.valueOf(e.getMessage()));
    }
  }

  private EnvelopeData readData() {
    String message = "data must be an object, or an array of at least one.";
    String pointer = json.pointer();
    boolean grouped = json.token() == JsonToken.START_ARRAY;
    byte[] ascii = new AsciiJsonCopier().copy(json);
    JsonNode tree = ITEM_MAPPER.readTree(ascii);
    List<ObjectNode> items = new ArrayList<>();
    for (JsonNode item : grouped ? tree : List.of(tree)) {
      if (!(item instanceof ObjectNode object)) {
        throw invalid(pointer, message);
      }
      items.add(object);
    }
    if (items.isEmpty()) {
      throw invalid(pointer, message);
    }
    return new EnvelopeData(new String(ascii, StandardCharsets.US_ASCII), grouped, items);
  }

  private String readString(String message) {
    require(json.token() == JsonToken.VALUE_STRING, message);
    return json.text();
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw invalid(json.pointer(), message);
    }
  }

  private static <T> T requirePresent(String name, @Nullable T value) {
    if (value == null) {
      throw invalid("/" + name, "This is not an envelope: " + name + " is missing.");
    }
    return value;
  }

  private static InvalidJsonException invalid(String pointer, String message) {
    return new InvalidJsonException(Reason.UNEXPECTED_VALUE, pointer, message);
  }
}
