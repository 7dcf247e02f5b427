package com.poolbrain.webhooks.server.http;

import com.poolbrain.webhooks.events.AsciiJson;
import com.poolbrain.webhooks.events.JsonRefusedException;
import com.poolbrain.webhooks.events.StrictJson;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A body that is one JSON object, read strictly: each field as a value, and as compact ASCII with
/// the digits that were sent.
final class StrictBody {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, JsonNode> values = new HashMap<>();
  private final Map<String, byte[]> raw = new HashMap<>();

  private StrictBody() {}

  static StrictBody read(byte[] bytes) {
    var body = new StrictBody();
    try (StrictJson json = StrictJson.open(bytes)) {
      JsonToken first = json.next();
      if (first == null) {
        throw new Refusal(Problem.malformed("", "The body is empty; send a JSON object."));
      }
      if (first != JsonToken.START_OBJECT) {
        json.skipValue();
        json.end();
        throw new Refusal(Problem.invalid("", "Send a JSON object."));
      }
      var copier = new AsciiJson();
      while (json.next() != JsonToken.END_OBJECT) {
        String name = json.name();
        json.next();
        byte[] copy = copier.copy(json);
        body.raw.put(name, copy);
        body.values.put(name, MAPPER.readTree(copy));
      }
      json.end();
      return body;
    } catch (JsonRefusedException refused) {
      throw new Refusal(Problem.of(refused));
    }
  }

  Map<String, JsonNode> values() {
    return values;
  }

  byte @Nullable [] raw(String name) {
    return raw.get(name);
  }
}
