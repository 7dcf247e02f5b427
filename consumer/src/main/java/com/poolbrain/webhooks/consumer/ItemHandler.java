package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.payload.Payload;

/// Code of the application that handles one item of a webhook.
///
/// @param <P> type of the item
@FunctionalInterface
public interface ItemHandler<P extends Payload> {

  /// Handles one item. If a later item of the same webhook fails, all of them come again, so
  /// handling an item twice must have the effect of handling it once.
  ///
  /// @throws Exception to have the delivery sent again
  void handle(P item, WebhookContext context) throws Exception;
}
