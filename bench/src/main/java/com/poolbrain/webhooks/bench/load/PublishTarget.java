package com.poolbrain.webhooks.bench.load;

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

/// Any webhook server that can be published to over HTTP.
///
/// @param body of a request that publishes one event; `{{ID}}` stands where the event's mark goes,
///   and `{{TS}}` where the time does
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

  /// Reads a target from its file: `{"publish_url", "headers", "body"}`.
  ///
  /// @throws IOException if it can't be read or is no target; the message says what is wrong
  public static PublishTarget read(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + ": there is no such file, or it can't be read.");
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(file + ": has more than 16 MiB.");
    }
    try {
      return parse(JsonMapper.shared().readTree(Files.readAllBytes(file)));
    } catch (JacksonException e) {
      throw new IOException(
          "%s: expected %s: %s".formatted(file, FORMAT, e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static PublishTarget parse(JsonNode node) {
    require(node.isObject(), "expected " + FORMAT + ".");
    node.propertyNames()
        .forEach(name ->
            require(
                ALLOWED_FIELDS.contains(name), "expected %s, not \"%s\".".formatted(FORMAT, name)));
    URI url = URI.create(node.path("publish_url").asString(""));
    require(
        String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null,
        "\"publish_url\" has to begin with http:// or https:// and a host.");
    JsonNode body = node.path("body");
    String text = body.isString() ? body.asString() : body.toString();
    require(
        text.contains(ID_PLACEHOLDER),
        "\"body\" has no {{ID}}, so deliveries can't be recognised.");
    require(
        text.indexOf(ID_PLACEHOLDER) == text.lastIndexOf(ID_PLACEHOLDER),
        "\"body\" has several {{ID}}; it publishes one event, which bears one.");
    return new PublishTarget(url, headers(node.path("headers")), text);
  }

  private static Map<String, String> headers(JsonNode node) {
    require(node.isObject() || node.isMissingNode(), "\"headers\" is an object of strings.");
    Map<String, String> headers = new LinkedHashMap<>();
    node.propertyStream()
        .forEach(header -> {
          String name = header.getKey();
          require(
              header.getValue().isString()
                  && HEADER_NAME.matcher(name).matches()
                  && HEADER_VALUE.matcher(header.getValue().asString()).matches(),
              "the header \"%s\" is not a name with a string of one line of ASCII."
                  .formatted(name));
          require(
              !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
              "leave out the header \"%s\", which the bench writes itself.".formatted(name));
          headers.put(name, header.getValue().asString());
        });
    return headers;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /// The same, with that many events in each request, as an array.
  public PublishTarget withBatchSize(int size) {
    return size == 1
        ? this
        : new PublishTarget(publishUrl, headers, "[" + (body + ",").repeat(size - 1) + body + "]");
  }
}
