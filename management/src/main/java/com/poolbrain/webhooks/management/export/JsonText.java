package com.poolbrain.webhooks.management.export;

import com.poolbrain.webhooks.domain.WireNamed;
import com.poolbrain.webhooks.events.WireTimestamp;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Values of exports as text.
final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /// The JSON object of the values, in their order.
  static String of(Map<?, ?> values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(out, values);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case Boolean bool -> out.writeBoolean(bool);
      case Double number -> out.writeNumber(number);
      case Number number -> out.writeNumber(number.longValue());
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(item -> write(out, item));
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach((name, inner) -> {
          out.writeName(String.valueOf(name));
          write(out, inner);
        });
        out.writeEndObject();
      }
      default -> out.writeString(plain(value));
    }
  }

  /// A value as the API writes it, without quotes.
  static String plain(Object value) {
    return switch (value) {
      case Instant instant -> WireTimestamp.format(instant);
      case WireNamed named -> named.wireName();
      default -> value.toString();
    };
  }
}
