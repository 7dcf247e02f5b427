package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `webhook.ping`: the endpoint was tested.
///
/// @param message text for the person who tests
public record WebhookPing(String message) implements Payload {

  static WebhookPing of(DataItem item) {
    return new WebhookPing(item.getString("message"));
  }
}
