package com.poolbrain.webhooks.http.stream;

import java.io.IOException;

/// A body that is made while it is sent, so that it is never in memory as a whole.
///
/// ```java
/// return Response.stream("text/csv; charset=utf-8", BodyStream.of(export::writeTo, export::close));
/// ```
public interface BodyStream extends AutoCloseable {

  /// Sends the body part by part, on a virtual thread of its own. If it throws, the connection is
  /// closed before the end of the body, which clients notice.
  void writeTo(BodyWriter writer) throws IOException, InterruptedException;

  /// Ends the stream as soon as the connection is lost, or after the body, or without a start. May
  /// be called several times, and never blocks.
  @Override
  void close();

  /// Sends a body.
  @FunctionalInterface
  interface Body {
    void writeTo(BodyWriter writer) throws IOException, InterruptedException;
  }

  /// A stream of two functions.
  static BodyStream of(Body body, Runnable onClose) {
    return new BodyStream() {
      @Override
      public void writeTo(BodyWriter writer) throws IOException, InterruptedException {
        body.writeTo(writer);
      }

      @Override
      public void close() {
        onClose.run();
      }
    };
  }
}
