package com.poolbrain.webhooks.spring;

import com.poolbrain.webhooks.consumer.WebhookReceiverBuilder;

/// A bean that changes the receiver before it is built: its lease, executor, options of the inbox,
/// or handlers that are not methods of beans.
@FunctionalInterface
public interface WebhookReceiverCustomizer {

  /// Changes the builder. It has the secrets, the handlers and the store already.
  void customize(WebhookReceiverBuilder builder);
}
