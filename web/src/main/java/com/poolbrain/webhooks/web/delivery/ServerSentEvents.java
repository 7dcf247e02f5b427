package com.poolbrain.webhooks.web.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Events of a `text/event-stream`.
final class ServerSentEvents {

  private final StringBuilder text = new StringBuilder();

  /// After how many milliseconds a browser connects again.
  static byte[] retryAfter(int millis) {
    return ("retry: " + millis + "\n\n").getBytes(UTF_8);
  }

  /// Adds an event.
  ///
  /// @param data may have several lines
  void add(String type, String data) {
    text.append("event: ").append(type).append('\n');
    for (String line : data.split("\r\n|\r|\n", -1)) {
      text.append("data: ").append(line).append('\n');
    }
    text.append('\n');
  }

  byte[] bytes() {
    return text.toString().getBytes(UTF_8);
  }
}
