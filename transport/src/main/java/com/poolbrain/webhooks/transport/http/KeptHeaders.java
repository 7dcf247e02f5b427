package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.transport.failure.PrintableText;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of a response that help to find the cause of a failure.
final class KeptHeaders {

  /// A header, with its name as it is shown.
  private record Header(AsciiString key, String name) {}

  private static final List<Header> HEADERS =
      List.of(
          new Header(HttpHeaderNames.CONTENT_TYPE, "Content-Type"),
          new Header(HttpHeaderNames.RETRY_AFTER, "Retry-After"),
          new Header(HttpHeaderNames.SERVER, "Server"),
          new Header(HttpHeaderNames.LOCATION, "Location"));

  private static final int MAX_VALUE_LENGTH = 2_048;

  private KeptHeaders() {}

  /// The first value of each, in the order of [#HEADERS].
  ///
  /// @param received null if the head did not arrive
  static Map<String, String> of(@Nullable HttpHeaders received) {
    if (received == null || received.isEmpty()) {
      return Map.of();
    }
    Map<String, String> kept = Map.of();
    for (Header header : HEADERS) {
      String value = received.get(header.key());
      if (value != null) {
        kept = kept.isEmpty() ? new LinkedHashMap<>(8) : kept;
        kept.put(header.name(), PrintableText.of(value, MAX_VALUE_LENGTH));
      }
    }
    return kept;
  }
}
