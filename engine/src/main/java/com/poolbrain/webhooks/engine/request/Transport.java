package com.poolbrain.webhooks.engine.request;

/// Sends one request to an endpoint. Any number of threads may call it at once; the caller limits
/// the number of requests to one endpoint.
public interface Transport {

  /// Sends a request and returns within its timeout, whatever the endpoint does. Every failure is a
  /// value; an exception is a bug.
  ///
  /// @throws InterruptedException if the calling thread is interrupted: the exchange is aborted and
  ///   its connection closed
  SendResult send(WebhookRequest webhookRequest) throws InterruptedException;
}
