package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.engine.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// A request as the bytes of HTTP/1.1 (RFC 9112): `Host`, the given headers in their order and
/// spelling, `Content-Length`, the body.
final class RequestBytes {

  private static final int TYPICAL_HEAD = 512;

  private RequestBytes() {}

  /// Refuses what would change the meaning of the bytes around it.
  ///
  /// @throws IllegalArgumentException if a header is not one line of visible ASCII
  static void check(Request request) {
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey();
      boolean ours =
          name.equalsIgnoreCase("Host")
              || name.equalsIgnoreCase("Content-Length")
              || name.equalsIgnoreCase("Transfer-Encoding");
      if (ours || name.isEmpty() || !isVisible(name, '!') || name.indexOf(':') >= 0) {
        throw new IllegalArgumentException("not a header of a request: " + name);
      }
      if (!isVisible(header.getValue(), ' ')) {
        throw new IllegalArgumentException("the header " + name + " is not one line of ASCII");
      }
    }
  }

  private static boolean isVisible(String text, char least) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < least || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  static byte[] of(Target target, Request request) {
    StringBuilder head = new StringBuilder(TYPICAL_HEAD);
    head.append("POST ").append(target.path()).append(" HTTP/1.1\r\nHost: ");
    head.append(target.authority());
    for (Map.Entry<String, String> header : request.headers()) {
      head.append("\r\n").append(header.getKey()).append(": ").append(header.getValue());
    }
    byte[] body = request.body();
    head.append("\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
    byte[] bytes = Arrays.copyOf(ascii(head), head.length() + body.length);
    System.arraycopy(body, 0, bytes, head.length(), body.length);
    return bytes;
  }

  private static byte[] ascii(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
