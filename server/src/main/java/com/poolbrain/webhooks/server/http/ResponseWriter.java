package com.poolbrain.webhooks.server.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Puts answers on the wire.
final class ResponseWriter {

  private ResponseWriter() {}

  /// @param lastOne whether the connection ends with this answer
  static Future<Void> write(HttpServerRequest request, Response response, boolean lastOne) {
    HttpServerResponse out = request.response();
    out.setStatusCode(response.status());
    if (response.contentType() != null) {
      out.putHeader("Content-Type", response.contentType());
    }
    out.putHeader("X-Content-Type-Options", "nosniff");
    response.headers().forEach(out::putHeader);
    if (lastOne) {
      out.putHeader("Connection", "close");
    }
    if (request.method().name().equals("HEAD")) {
      out.putHeader("Content-Length", Integer.toString(response.body().length));
      return out.end();
    }
    return out.end(Buffer.buffer(response.body()));
  }
}
