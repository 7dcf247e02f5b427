package com.poolbrain.webhooks.events.payload;

/// `webhook.ping`: somebody pressed the test button.
///
/// @param message a greeting for people
public record WebhookPing(String message) implements Payload {

  static WebhookPing of(ItemFields item) {
    return new WebhookPing(item.text("message"));
  }
}
