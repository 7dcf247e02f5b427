package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.transport.address.Target;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Encodes requests as HTTP/1.1 (RFC 9112): `Host`, the given headers in their order and spelling,
/// `Content-Length`, the body.
public final class RequestEncoder {

  private static final int INITIAL_HEAD_CAPACITY = 512;

  private RequestEncoder() {}

  /// Rejects headers that could change the meaning of the request.
  ///
  /// @throws IllegalArgumentException if a header is not one line of printable ASCII, or is set by
  ///   this encoder
  public static void validate(WebhookRequest request) {
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey();
      boolean isReserved =
          name.equalsIgnoreCase("Host")
              || name.equalsIgnoreCase("Content-Length")
              || name.equalsIgnoreCase("Transfer-Encoding");
      if (isReserved || name.isEmpty() || !isPrintableAscii(name, '!') || name.indexOf(':') >= 0) {
        throw new IllegalArgumentException(
            "the header '" + name + "' is invalid or is set by the transport; leave it out");
      }
      if (!isPrintableAscii(header.getValue(), ' ')) {
        throw new IllegalArgumentException(
            "the value of the header " + name + " must be one line of printable ASCII");
      }
    }
  }

  private static boolean isPrintableAscii(String text, char min) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < min || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  public static byte[] encode(Target target, WebhookRequest request) {
    StringBuilder head = new StringBuilder(INITIAL_HEAD_CAPACITY);
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
