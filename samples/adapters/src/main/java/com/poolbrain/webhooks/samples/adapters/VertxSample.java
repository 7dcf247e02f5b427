package com.poolbrain.webhooks.samples.adapters;

import com.poolbrain.webhooks.consumer.WebhookReceiver;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;

/// Vert.x 5. Handlers may block, so they run on a worker thread; a body that is too large is cut.
final class VertxSample {

  private VertxSample() {}

  static HttpServer create(Vertx vertx, WebhookReceiver receiver) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> {
          Buffer body = Buffer.buffer();
          request.handler(part -> body.appendBytes(part.getBytes(), 0, fit(part, body, receiver)));
          request
              .end()
              .compose(end ->
                  vertx.executeBlocking(
                      () -> receiver.receive(body.getBytes(), request::getHeader), false))
              .compose(
                  reply -> request.response().setStatusCode(reply.status()).end(reply.message()));
        });
  }

  private static int fit(Buffer part, Buffer body, WebhookReceiver receiver) {
    return Math.min(part.length(), receiver.maxBodyBytes() + 1 - body.length());
  }
}
