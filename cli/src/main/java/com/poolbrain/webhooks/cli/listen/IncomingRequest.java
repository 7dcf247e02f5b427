package com.poolbrain.webhooks.cli.listen;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A received request.
///
/// @param headers by name, in any case; several values of a header are separated by commas
/// @param body raw bytes
public record IncomingRequest(Map<String, String> headers, byte[] body) {

  public IncomingRequest {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  /// The value of `X-Webhook-Signature`; null if the header is missing.
  public @Nullable String signature() {
    return headers.get("X-Webhook-Signature");
  }

  /// The value of `X-Webhook-Attempt`; null if the header is missing.
  public @Nullable String attempt() {
    return headers.get("X-Webhook-Attempt");
  }
}
