package com.poolbrain.webhooks.testkit.service;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Response of the HTTP API.
public record ApiResponse(int status, HttpHeaders headers, String body) {

  /// The body of a response with this status. Fails for any other.
  public JsonNode expect(int expectedStatus) {
    requireStatus(expectedStatus);
    return json();
  }

  /// Fails unless the status is 204.
  public void expectNoContent() {
    requireStatus(204);
  }

  private void requireStatus(int expectedStatus) {
    if (status != expectedStatus) {
      throw new AssertionError(
          "status %d instead of %d: %s".formatted(status, expectedStatus, body));
    }
  }

  /// The body as JSON; a missing node if there is none.
  public JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }

  /// JSON pointer of the first error of a problem.
  public String pointer() {
    return json().at("/errors/0/pointer").asString();
  }

  /// Detail of a problem.
  public String detail() {
    return json().path("detail").asString();
  }

  /// The value of a header that was sent exactly once.
  public String header(String name) {
    List<String> values = headers.allValues(name);
    if (values.size() != 1) {
      throw new AssertionError("header %s has the values %s".formatted(name, values));
    }
    return values.getFirst();
  }
}
