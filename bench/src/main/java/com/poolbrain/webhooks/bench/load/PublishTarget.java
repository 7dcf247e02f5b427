package com.poolbrain.webhooks.bench.load;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A webhook server to publish to over HTTP, and the request that publishes one event.
///
/// @param body with the placeholder `{{ID}}` for the marker and `{{TS}}` for the time
public record PublishTarget(URI publishUrl, Map<String, String> headers, String body) {

  static final String ID_PLACEHOLDER = "{{ID}}";
  static final String TIME_PLACEHOLDER = "{{TS}}";

  private static final String FORMAT = "{\"publish_url\", \"headers\", \"body\"}";
  private static final Set<String> ALLOWED_FIELDS = Set.of("publish_url", "headers", "body");
  private static final Set<String> RESERVED_HEADERS =
      Set.of("content-length", "host", "transfer-encoding");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
  private static final long MAX_FILE_BYTES = 16 << 20;

  /// Reads a target from a JSON file with `publish_url`, `headers` and `body`.
  ///
  /// @throws CommandException if the file cannot be read or is not valid
  public static PublishTarget read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("has more than 16 MiB.");
      }
      return parse(JsonMapper.shared().readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw CommandException.of(file + ": there is no such file, or it can't be read.");
    } catch (JacksonException e) {
      throw CommandException.of(
          "%s: expected %s: %s".formatted(file, FORMAT, e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      throw CommandException.of(file + ": " + e.getMessage());
    }
  }

  private static PublishTarget parse(JsonNode node) {
    require(node.isObject(), "expected " + FORMAT + ".");
    for (String name : node.propertyNames()) {
      require(ALLOWED_FIELDS.contains(name), "expected " + FORMAT + ", not \"" + name + "\".");
    }
    URI url = URI.create(node.path("publish_url").asString(""));
    require(
        String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null,
        "\"publish_url\" has to begin with http:// or https:// and a host.");
    JsonNode body = node.path("body");
    String text = body.isString() ? body.asString() : body.toString();
    int markerAt = text.indexOf(ID_PLACEHOLDER);
    require(markerAt >= 0, "\"body\" has no {{ID}}, so deliveries can't be recognised.");
    require(
        markerAt == text.lastIndexOf(ID_PLACEHOLDER),
        "\"body\" has several {{ID}}, but publishes one event: keep one.");
    return new PublishTarget(url, headers(node.path("headers")), text);
  }

  private static Map<String, String> headers(JsonNode node) {
    require(node.isObject() || node.isMissingNode(), "\"headers\" is an object of strings.");
    Map<String, String> headers = new LinkedHashMap<>();
    for (var header : node.properties()) {
      String name = header.getKey();
      String value = header.getValue().asString("\n");
      require(
          HEADER_NAME.matcher(name).matches() && HEADER_VALUE.matcher(value).matches(),
          "the header \"" + name + "\" is not a name with a string of one line of ASCII.");
      require(
          !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
          "leave out the header \"" + name + "\", which the bench sets itself.");
      headers.put(name, value);
    }
    return headers;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /// A copy that publishes an array of this many events in each request.
  public PublishTarget withBatchSize(int size) {
    return size == 1
        ? this
        : new PublishTarget(publishUrl, headers, "[" + (body + ",").repeat(size - 1) + body + "]");
  }
}
