package com.poolbrain.webhooks.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Makes an answer of a request without ever blocking: small requests are handled on the event loop
/// that read them, large ones on a virtual thread.
@FunctionalInterface
public interface AsyncHandler {

  /// Begins to answer the request.
  ///
  /// @param eventLoop the event loop of the connection: where to make the answer when what was
  ///   waited for is there, so that whoever announces it goes on at once
  /// @throws Refusal to answer with a problem
  CompletionStage<Response> handle(Request request, Executor eventLoop);
}
