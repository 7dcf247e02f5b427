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
public record Target(URI publishUrl, Map<String, String> headers, String body) {

  static final String ID = "{{ID}}";
  static final String TS = "{{TS}}";

  private static final String EXPECTED = "{\"publish_url\", \"headers\", \"body\"}";
  private static final Set<String> KNOWN = Set.of("publish_url", "headers", "body");
  private static final Set<String> OURS = Set.of("content-length", "host", "transfer-encoding");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");
  private static final long MOST_BYTES = 16 << 20;

  /// Reads a target from its file: `{"publish_url", "headers", "body"}`.
  ///
  /// @throws IOException if it can't be read or is no target; the message says what is wrong
  public static Target read(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + ": there is no such file, or it can't be read.");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + ": has more than 16 MiB.");
    }
    try {
      return of(JsonMapper.shared().readTree(Files.readAllBytes(file)));
    } catch (JacksonException e) {
      throw new IOException(
          "%s: expected %s: %s".formatted(file, EXPECTED, e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static Target of(JsonNode json) {
    require(json.isObject(), "expected " + EXPECTED + ".");
    json.propertyNames()
        .forEach(name ->
            require(KNOWN.contains(name), "expected %s, not \"%s\".".formatted(EXPECTED, name)));
    URI url = URI.create(json.path("publish_url").asString(""));
    require(
        String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null,
        "\"publish_url\" has to begin with http:// or https:// and a host.");
    JsonNode body = json.path("body");
    String text = body.isString() ? body.asString() : body.toString();
    require(text.contains(ID), "\"body\" has no {{ID}}, so deliveries can't be recognised.");
    require(
        text.indexOf(ID) == text.lastIndexOf(ID),
        "\"body\" has several {{ID}}; it publishes one event, which bears one.");
    return new Target(url, headers(json.path("headers")), text);
  }

  private static Map<String, String> headers(JsonNode json) {
    require(json.isObject() || json.isMissingNode(), "\"headers\" is an object of strings.");
    Map<String, String> headers = new LinkedHashMap<>();
    json.propertyStream()
        .forEach(header -> {
          String name = header.getKey();
          require(
              header.getValue().isString()
                  && NAME.matcher(name).matches()
                  && VALUE.matcher(header.getValue().asString()).matches(),
              "the header \"%s\" is not a name with a string of one line of ASCII."
                  .formatted(name));
          require(
              !OURS.contains(name.toLowerCase(Locale.ROOT)),
              "leave out the header \"%s\", which the bench writes itself.".formatted(name));
          headers.put(name, header.getValue().asString());
        });
    return headers;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /// The same, with that many events in each request, as an array.
  public Target inBatchesOf(int size) {
    return size == 1
        ? this
        : new Target(publishUrl, headers, "[" + (body + ",").repeat(size - 1) + body + "]");
  }
}
