package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.engine.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.Map;

/// A request as the bytes of HTTP/1.1 (RFC 9112): `Host`, the given headers in their order and
/// spelling, `Content-Length`, the body.
final class RequestBytes {

  /// Room for the parts of a head whose length is not known before.
  private static final int REST_OF_HEAD = 128;

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

  static ByteBuf of(Target target, Request request, ByteBufAllocator allocator) {
    ByteBuf bytes = allocator.buffer(size(target, request));
    ascii(bytes, "POST ");
    ascii(bytes, target.path());
    ascii(bytes, " HTTP/1.1\r\n");
    header(bytes, "Host", target.authority());
    for (Map.Entry<String, String> header : request.headers()) {
      header(bytes, header.getKey(), header.getValue());
    }
    header(bytes, "Content-Length", Integer.toString(request.body().length));
    ascii(bytes, "\r\n");
    return bytes.writeBytes(request.body());
  }

  private static int size(Target target, Request request) {
    int size = REST_OF_HEAD + target.path().length() + target.host().text().length();
    for (Map.Entry<String, String> header : request.headers()) {
      size += header.getKey().length() + header.getValue().length() + 4;
    }
    return size + request.body().length;
  }

  private static void header(ByteBuf bytes, String name, String value) {
    ascii(bytes, name);
    ascii(bytes, ": ");
    ascii(bytes, value);
    ascii(bytes, "\r\n");
  }

  private static void ascii(ByteBuf bytes, String text) {
    ByteBufUtil.writeAscii(bytes, text);
  }
}
