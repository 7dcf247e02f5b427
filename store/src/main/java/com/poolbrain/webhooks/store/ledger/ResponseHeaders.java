package com.poolbrain.webhooks.store.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stored form of response headers: a line for each, `Name: value`.
public final class ResponseHeaders {

  private static final String SEPARATOR = ": ";

  private ResponseHeaders() {}

  /// @param headers of which no value has a line break
  static String format(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + SEPARATOR + header.getValue())
        .collect(Collectors.joining("\n"));
  }

  /// The headers in their order; none if there is no text.
  public static Map<String, String> parse(@Nullable String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (text != null) {
      for (String line : text.split("\n", -1)) {
        int end = line.indexOf(SEPARATOR);
        headers.put(line.substring(0, end), line.substring(end + SEPARATOR.length()));
      }
    }
    return headers;
  }
}
