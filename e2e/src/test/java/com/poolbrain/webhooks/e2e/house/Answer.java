package com.poolbrain.webhooks.e2e.house;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the API answered.
public record Answer(int status, HttpHeaders headers, String body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// The body, if the status is this one.
  public JsonNode expect(int wanted) {
    requireStatus(wanted);
    return json();
  }

  /// Fails unless this is 204.
  public void expectNoContent() {
    requireStatus(204);
  }

  private void requireStatus(int wanted) {
    if (status != wanted) {
      throw new AssertionError("answered %d, not %d: %s".formatted(status, wanted, body));
    }
  }

  /// The body, which is JSON.
  public JsonNode json() {
    return JSON.readTree(body);
  }

  /// A header that is there once.
  public String header(String name) {
    List<String> values = headers.allValues(name);
    if (values.size() != 1) {
      throw new AssertionError("%s has the values %s".formatted(name, values));
    }
    return values.getFirst();
  }
}
