package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads one envelope.
final class EnvelopeReader {

  private static final Pattern UUID_PATTERN =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final String NO_DATA = "data must be an object, or an array of at least one.";

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
    require(json.next() == JsonToken.START_OBJECT, "An envelope must be a JSON object.");
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
    boolean grouped = json.token() == JsonToken.START_ARRAY;
    if (!grouped) {
      return new EnvelopeData(false, List.of(readItem()));
    }
    List<DataItem> items = new ArrayList<>();
    while (json.next() != JsonToken.END_ARRAY) {
      items.add(readItem());
    }
    require(!items.isEmpty(), NO_DATA);
    return new EnvelopeData(true, items);
  }

  private DataItem readItem() {
    if (json.token() != JsonToken.START_OBJECT) {
      throw invalid("/data", NO_DATA);
    }
    return DataItem.read(json);
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
