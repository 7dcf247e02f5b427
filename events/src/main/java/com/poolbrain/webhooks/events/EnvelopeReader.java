package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.JsonRefusedException.Reason;
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

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final JsonMapper ITEMS =
      JsonMapper.builder(StrictJson.FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final StrictJson json;
  private @Nullable UUID id;
  private @Nullable String event;
  private @Nullable Long companyId;
  private @Nullable Instant timestamp;
  private @Nullable EnvelopeData data;

  private EnvelopeReader(StrictJson json) {
    this.json = json;
  }

  static Envelope read(byte[] body) {
    try (StrictJson json = StrictJson.open(body)) {
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
        case "event" -> event = text("event must be a string: the name of the event.");
        case "company_id" -> companyId = readCompanyId();
        case "timestamp" -> timestamp = readTimestamp();
        case "data" -> data = readData();
        default -> json.skipValue();
      }
    }
    json.end();
    return new Envelope(
        present("id", id),
        present("event", event),
        present("company_id", companyId),
        present("timestamp", timestamp),
        present("data", data));
  }

  private UUID readId() {
    String sentence = "id must be a UUID, like af1edcbb-4622-4653-8ee1-4cb9b2d242bd.";
    String text = text(sentence);
    require(UUID_FORM.matcher(text).matches(), sentence);
    return UUID.fromString(text);
  }

  private long readCompanyId() {
    String sentence = "company_id must be an integer of at most 64 bits.";
    require(json.token() == JsonToken.VALUE_NUMBER_INT, sentence);
    try {
      return Long.parseLong(json.text());
    } catch (NumberFormatException tooLarge) {
      throw unexpected(json.pointer(), sentence);
    }
  }

  private Instant readTimestamp() {
    String text = text("timestamp must be a string, like 2026-02-13T06:42:24.705000Z.");
    try {
      return WireTimestamp.parse(text);
    } catch (IllegalArgumentException e) {
      throw unexpected(json.pointer(), String.valueOf(e.getMessage()));
    }
  }

  private EnvelopeData readData() {
    String sentence = "data must be an object, or an array of at least one.";
    String pointer = json.pointer();
    boolean grouped = json.token() == JsonToken.START_ARRAY;
    byte[] ascii = new AsciiJson().copy(json);
    JsonNode tree = ITEMS.readTree(ascii);
    List<ObjectNode> items = new ArrayList<>();
    for (JsonNode item : grouped ? tree : List.of(tree)) {
      if (!(item instanceof ObjectNode object)) {
        throw unexpected(pointer, sentence);
      }
      items.add(object);
    }
    if (items.isEmpty()) {
      throw unexpected(pointer, sentence);
    }
    return new EnvelopeData(new String(ascii, StandardCharsets.US_ASCII), grouped, items);
  }

  private String text(String sentence) {
    require(json.token() == JsonToken.VALUE_STRING, sentence);
    return json.text();
  }

  private void require(boolean condition, String sentence) {
    if (!condition) {
      throw unexpected(json.pointer(), sentence);
    }
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw unexpected("/" + name, "This is not an envelope: " + name + " is missing.");
    }
    return value;
  }

  private static JsonRefusedException unexpected(String pointer, String sentence) {
    return new JsonRefusedException(Reason.UNEXPECTED, pointer, sentence);
  }
}
