package com.poolbrain.webhooks.e2e.support;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the API answered.
public record ApiResponse(int status, HttpHeaders headers, String body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// The body, if the status is this one.
  public JsonNode expect(int expectedStatus) {
    requireStatus(expectedStatus);
    return json();
  }

  /// Fails unless this is 204.
  public void expectNoContent() {
    requireStatus(204);
  }

  private void requireStatus(int expectedStatus) {
    if (status != expectedStatus) {
      throw new AssertionError("answered %d, not %d: %s".formatted(status, expectedStatus, body));
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
