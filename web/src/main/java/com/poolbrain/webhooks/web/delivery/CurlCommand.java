package com.poolbrain.webhooks.web.delivery;

import com.poolbrain.webhooks.engine.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request as a command for a shell.
final class CurlCommand {

  private CurlCommand() {}

  static String of(WebhookRequest request) {
    var command = new StringBuilder("curl -i ").append(quote(request.url().toString()));
    for (Map.Entry<String, String> header : request.headers()) {
      command.append(" \\\n  -H ").append(quote(header.getKey() + ": " + header.getValue()));
    }
    return command
        .append(" \\\n  --data-binary ")
        .append(quote(new String(request.body(), StandardCharsets.US_ASCII)))
        .toString();
  }

  /// In single quotes a shell changes nothing. A quote itself stands outside them.
  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
