package com.poolbrain.webhooks.engine.request;

import com.poolbrain.webhooks.domain.Outcome;

/// The way out: carries one request to an endpoint and says how it ended.
///
/// Any number of threads call it at once; how many go to one endpoint is decided by the caller.
public interface Transport {

  /// Sends the request and returns within its timeout, whatever the other side does. Every failure
  /// is a value; an exception is a bug.
  ///
  /// @throws InterruptedException if the calling thread is interrupted: the exchange is given up
  ///   and its connection closed
  Outcome send(WebhookRequest webhookRequest) throws InterruptedException;
}
