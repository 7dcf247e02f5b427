package com.poolbrain.webhooks.http;

/// Makes an answer of a request. Called on a virtual thread of its own, so that it may block.
@FunctionalInterface
public interface Handler {

  /// Answers the request.
  ///
  /// @throws Refusal to answer with a problem
  Response handle(Request request) throws InterruptedException;
}
