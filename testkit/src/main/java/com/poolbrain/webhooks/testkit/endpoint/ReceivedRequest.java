package com.poolbrain.webhooks.testkit.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A request as it came off the wire.
///
/// @param head the exact text up to and including the empty line
/// @param body the exact bytes
public record ReceivedRequest(String head, byte[] body) {

  /// The first line, without its end.
  public String requestLine() {
    return head.lines().findFirst().orElse("");
  }

  /// Names in their spelling and values, in the order in which they came.
  public List<Map.Entry<String, String>> headers() {
    return head.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(ReceivedRequest::parseHeader)
        .toList();
  }

  private static Map.Entry<String, String> parseHeader(String line) {
    int colon = line.indexOf(':');
    return Map.entry(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  /// The body, which is ASCII by contract.
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
