package com.poolbrain.webhooks.engine.request;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One attempt, ready to be sent.
///
/// @param url of the endpoint; https, or http where the settings allow it
/// @param headers in the order in which they are sent; the transport adds only `Host` and
///   `Content-Length`
/// @param body the signed bytes; never changed after signing
/// @param timeout of the whole exchange, connecting included
public record WebhookRequest(
    URI url, List<Map.Entry<String, String>> headers, byte[] body, Duration timeout) {

  /// The host only: path and query of a URL may have tokens.
  @Override
  public String toString() {
    return "WebhookRequest[" + url.getRawAuthority() + "]";
  }
}
