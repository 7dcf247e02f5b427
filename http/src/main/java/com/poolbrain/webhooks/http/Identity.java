package com.poolbrain.webhooks.http;

/// The sender of a request, as the [Authorizer] knows it.
public interface Identity {

  /// The name of the sender, the same for all its requests: they share memory and processors.
  String sender();
}
