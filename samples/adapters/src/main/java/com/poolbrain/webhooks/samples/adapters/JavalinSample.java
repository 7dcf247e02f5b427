package com.poolbrain.webhooks.samples.adapters;

import com.poolbrain.webhooks.consumer.Reply;
import com.poolbrain.webhooks.consumer.WebhookReceiver;
import io.javalin.Javalin;

/// Javalin 7.
final class JavalinSample {

  private JavalinSample() {}

  static Javalin create(WebhookReceiver receiver) {
    return Javalin.create(config ->
        config.routes.post(
            "/webhooks",
            context -> {
              Reply reply = receiver.receive(context.bodyAsBytes(), context::header);
              context.status(reply.status()).contentType("text/plain").result(reply.message());
            }));
  }
}
