package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.payload.Payload;
import java.util.List;

/// Code of the application that handles all items of one webhook.
///
/// @param <P> type of the items
@FunctionalInterface
public interface GroupHandler<P extends Payload> {

  /// Handles a webhook. When it returns, the delivery is completed. When it throws, the delivery is
  /// sent again, with all its items.
  ///
  /// @param items one item or a group, in the order of the webhook; never empty
  /// @throws Exception to have the delivery sent again
  void handle(List<P> items, WebhookContext context) throws Exception;
}
