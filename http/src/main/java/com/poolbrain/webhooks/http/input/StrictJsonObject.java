package com.poolbrain.webhooks.http.input;

import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.InvalidJsonException;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A body that is one JSON object: each field as a value, and as compact ASCII JSON with the digits
/// that were sent.
final class StrictJsonObject {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, JsonNode> values = new HashMap<>();
  private final Map<String, byte[]> raw = new HashMap<>();

  private StrictJsonObject() {}

  static StrictJsonObject parse(byte[] bytes) {
    var object = new StrictJsonObject();
    try (StrictJsonReader json = StrictJsonReader.open(bytes)) {
      JsonToken firstToken = json.next();
      if (firstToken == null) {
        throw new ProblemException(Problem.malformed("", "The body is empty; send a JSON object."));
      }
      if (firstToken != JsonToken.START_OBJECT) {
        json.skipValue();
        json.requireEnd();
        throw new ProblemException(Problem.invalid("", "Send a JSON object."));
      }
      var copier = new AsciiJsonCopier();
      while (json.next() != JsonToken.END_OBJECT) {
        String name = json.name();
        json.next();
        byte[] ascii = copier.copy(json);
        object.raw.put(name, ascii);
        object.values.put(name, MAPPER.readTree(ascii));
      }
      json.requireEnd();
      return object;
    } catch (InvalidJsonException invalidJson) {
      throw new ProblemException(Problem.of(invalidJson));
    }
  }

  Map<String, JsonNode> values() {
    return values;
  }

  byte @Nullable [] raw(String name) {
    return raw.get(name);
  }
}
