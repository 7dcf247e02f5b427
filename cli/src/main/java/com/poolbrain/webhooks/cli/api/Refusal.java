package com.poolbrain.webhooks.cli.api;

import com.poolbrain.webhooks.cli.terminal.Failure;
import java.net.http.HttpRequest;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A problem (RFC 9457) that the service answered with, as one sentence.
final class Refusal {

  private static final int MOST_ERRORS = 5;

  private Refusal() {}

  static Failure of(HttpRequest request, int status, JsonNode problem) {
    String detail = problem.path("detail").asString(problem.path("title").asString("no reason"));
    String where = request.method() + " " + request.uri().getPath();
    String key = status == 401 ? " Give a key with --key or WEBHOOKS_ADMIN_KEY." : "";
    return Failure.of(
        "the service refused " + where + " (" + status + "): " + detail + key + errors(problem));
  }

  private static String errors(JsonNode problem) {
    JsonNode errors = problem.path("errors");
    String lines =
        errors
            .valueStream()
            .limit(MOST_ERRORS)
            .map(
                e -> "\n  " + e.path("pointer").asString("") + "  " + e.path("detail").asString(""))
            .collect(Collectors.joining());
    int more = errors.size() - MOST_ERRORS;
    return more > 0 ? lines + "\n  ... and " + more + " more" : lines;
  }
}
