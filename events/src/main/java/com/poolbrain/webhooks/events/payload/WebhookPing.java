package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `webhook.ping`: somebody pressed the test button.
///
/// @param message a greeting for people
public record WebhookPing(String message) implements Payload {

  static WebhookPing of(DataItem item) {
    return new WebhookPing(item.getString("message"));
  }
}
