package com.poolbrain.webhooks.store.audit;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The fields of an audit entry as a JSON object.
final class AuditJson {

  private static final JsonFactory JSON = new JsonFactory();

  private AuditJson() {}

  /// The JSON of the fields; null if there are none.
  static @Nullable String write(Map<String, @Nullable Object> fields) {
    if (fields.isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      fields.forEach((name, value) -> {
        out.writeName(name);
        writeValue(out, value);
      });
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void writeValue(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case Boolean bool -> out.writeBoolean(bool);
      case Double number -> out.writeNumber(number);
      case Number number -> out.writeNumber(number.longValue());
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(item -> writeValue(out, item));
        out.writeEndArray();
      }
      default -> out.writeString(value.toString());
    }
  }

  /// The fields of a JSON object.
  static Map<String, @Nullable Object> read(@Nullable String json) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (json != null) {
      try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
        in.nextToken();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = in.currentName();
          fields.put(name, readValue(in, in.nextToken()));
        }
      }
    }
    return fields;
  }

  private static @Nullable Object readValue(JsonParser in, JsonToken token) {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_STRING -> in.getString();
      case START_ARRAY -> readItems(in);
      default -> throw new IllegalStateException("not a value of the audit: " + token);
    };
  }

  private static List<@Nullable Object> readItems(JsonParser in) {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      items.add(readValue(in, token));
    }
    return items;
  }
}
