package com.poolbrain.webhooks.http.input;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `Cookie` header of RFC 6265.
public final class Cookies {

  private Cookies() {}

  /// The names of all cookies in their order.
  ///
  /// @param headers all values of the header
  public static List<String> names(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Stream.of(header.split(";", -1)))
        .filter(pair -> pair.indexOf('=') > 0)
        .map(pair -> pair.substring(0, pair.indexOf('=')).strip())
        .distinct()
        .toList();
  }

  /// The value of a cookie; null if it is absent. Of several, the first one counts.
  ///
  /// @param headers all values of the header
  public static @Nullable String find(List<String> headers, String name) {
    for (String header : headers) {
      for (String pair : header.split(";", -1)) {
        int separator = pair.indexOf('=');
        if (separator > 0 && pair.substring(0, separator).strip().equals(name)) {
          return pair.substring(separator + 1).strip();
        }
      }
    }
    return null;
  }
}
