package com.poolbrain.webhooks.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Writes responses to their connections.
final class ResponseWriter {

  private ResponseWriter() {}

  /// @param closeConnection whether to announce that the connection is closed after the response
  static Future<Void> write(HttpServerRequest request, Response response, boolean closeConnection) {
    HttpServerResponse httpResponse = request.response();
    writeHead(httpResponse, response, closeConnection);
    if (request.method().name().equals("HEAD")) {
      if (response.stream() == null) {
        httpResponse.putHeader("Content-Length", Integer.toString(response.body().length));
      }
      return httpResponse.end();
    }
    return httpResponse.end(Buffer.buffer(response.body()));
  }

  /// Writes the head of a response whose body follows part by part.
  static void writeStreamHead(
      HttpServerRequest request, Response response, boolean closeConnection) {
    writeHead(request.response(), response, closeConnection);
    request.response().setChunked(true);
  }

  private static void writeHead(
      HttpServerResponse httpResponse, Response response, boolean closeConnection) {
    httpResponse.setStatusCode(response.status());
    if (response.contentType() != null) {
      httpResponse.putHeader("Content-Type", response.contentType());
    }
    httpResponse.putHeader("X-Content-Type-Options", "nosniff");
    response.headers().forEach(httpResponse::putHeader);
    if (closeConnection) {
      httpResponse.putHeader("Connection", "close");
    }
  }
}
