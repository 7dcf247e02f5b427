package com.poolbrain.webhooks.http.input;

import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.InvalidJsonException;
import com.poolbrain.webhooks.events.StrictJsonReader;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A body that is one JSON object: each field as compact ASCII JSON with the digits that were sent,
/// and as a value, which is made when it is asked for. A body may have many thousand unknown
/// fields, which nothing asks for.
final class StrictJsonObject {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, byte[]> raw = new HashMap<>();
  private final Map<String, JsonNode> values = new HashMap<>();

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
        object.raw.put(name, copier.copy(json));
      }
      json.requireEnd();
      return object;
    } catch (InvalidJsonException invalidJson) {
      throw new ProblemException(Problem.of(invalidJson));
    }
  }

  /// The names of all fields.
  Set<String> names() {
    return raw.keySet();
  }

  /// The value of a field; null if it was not sent.
  @Nullable JsonNode value(String name) {
    byte[] ascii = raw.get(name);
    return ascii == null ? null : values.computeIfAbsent(name, _ -> MAPPER.readTree(ascii));
  }

  byte @Nullable [] raw(String name) {
    return raw.get(name);
  }
}
