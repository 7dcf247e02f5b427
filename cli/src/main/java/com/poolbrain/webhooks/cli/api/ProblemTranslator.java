package com.poolbrain.webhooks.cli.api;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.net.http.HttpRequest;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Converts a problem response (RFC 9457) to a [CommandException].
final class ProblemTranslator {

  private static final int MAX_ERRORS = 5;

  private ProblemTranslator() {}

  static CommandException toCommandException(HttpRequest request, int status, JsonNode problem) {
    String detail = problem.path("detail").asString(problem.path("title").asString("no reason"));
    String endpoint = request.method() + " " + request.uri().getPath();
    String keyHint = status == 401 ? " Give a key in WEBHOOKS_KEY or with --key." : "";
    return CommandException.of(
        "the service rejected "
            + endpoint
            + " ("
            + status
            + "): "
            + detail
            + keyHint
            + formatErrors(problem));
  }

  private static String formatErrors(JsonNode problem) {
    JsonNode errors = problem.path("errors");
    String lines =
        errors
            .valueStream()
            .limit(MAX_ERRORS)
            .map(error -> "\n  " + place(error) + "  " + error.path("detail").asString(""))
            .collect(Collectors.joining());
    int omitted = errors.size() - MAX_ERRORS;
    return omitted > 0 ? lines + "\n  ... and " + omitted + " more" : lines;
  }

  private static String place(JsonNode error) {
    JsonNode parameter = error.path("parameter");
    return parameter.isString()
        ? "query parameter " + parameter.stringValue()
        : error.path("pointer").asString("");
  }
}
