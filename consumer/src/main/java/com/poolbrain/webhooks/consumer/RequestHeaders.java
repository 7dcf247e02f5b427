package com.poolbrain.webhooks.consumer;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The headers of a request, by name. Most servers offer this as a method of the request.
///
/// ```java
/// receiver.receive(body, request::getHeader);   // Jakarta servlet
/// receiver.receive(body, context::header);      // Javalin
/// receiver.receive(body, event.getHeaders());   // a map, as AWS Lambda has it
/// ```
@FunctionalInterface
public interface RequestHeaders {

  /// The value of a header; null if the request does not have it. Names are equal in any case.
  @Nullable String get(String name);

  /// The headers in a map whose values are strings, collections or arrays of strings. Several
  /// values of one header are joined by commas.
  ///
  /// @throws IllegalArgumentException if a value is of another type
  static RequestHeaders of(Map<String, ?> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> {
      // Some servers list the status line under the name null.
      if (name != null && value != null) {
        byName.put(name, join(name, value));
      }
    });
    return byName::get;
  }

  private static String join(String name, Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Collection<?> values) {
      return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof Object[] values) {
      return Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(","));
    }
    throw new IllegalArgumentException(
        "The header " + name + " has a value that is neither a string nor a list of strings.");
  }
}
