package com.poolbrain.webhooks.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Any webhook server that can be published to over HTTP.
///
/// @param body of a request that publishes one event; `{{ID}}` stands where the event's mark goes,
///   and `{{TS}}` where the time does
public record Target(URI publishUrl, Map<String, String> headers, String body) {

  static final String ID = "{{ID}}";
  static final String TS = "{{TS}}";

  /// Reads a target from its file: `{"publish_url", "headers", "body"}`.
  public static Target read(Path file) throws IOException {
    try {
      JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
      Map<String, String> headers = new LinkedHashMap<>();
      json.path("headers")
          .propertyStream()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
      JsonNode body = json.path("body");
      Target target =
          new Target(
              URI.create(json.path("publish_url").asString()),
              headers,
              body.isString() ? body.asString() : body.toString());
      String scheme = String.valueOf(target.publishUrl().getScheme());
      if (!scheme.matches("https?") || target.publishUrl().getHost() == null) {
        throw new IOException(
            file + ": \"publish_url\" has to begin with http:// or https:// and a host.");
      }
      if (!target.body().contains(ID)) {
        throw new IOException(
            file + ": \"body\" has no {{ID}}, so deliveries can't be recognised.");
      }
      return target;
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          file + ": expected {\"publish_url\", \"headers\", \"body\"}: " + e.getMessage(), e);
    }
  }

  /// The same, with that many events in each request, as an array.
  public Target inBatchesOf(int size) {
    return size == 1
        ? this
        : new Target(publishUrl, headers, "[" + (body + ",").repeat(size - 1) + body + "]");
  }
}
