package com.poolbrain.webhooks.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Makes the response to a request. A [ProblemException] becomes a problem response.
public sealed interface Handler {

  /// A handler that may block: it runs on a virtual thread of its own.
  @FunctionalInterface
  non-sealed interface Blocking extends Handler {
    Response handle(Request request) throws InterruptedException;
  }

  /// A handler that never blocks. It runs on the event loop of the connection, or on a virtual
  /// thread if the body is large.
  @FunctionalInterface
  non-sealed interface Async extends Handler {

    /// Starts to make the response.
    ///
    /// @param eventLoop completes the response without a change of thread before it is written
    CompletionStage<Response> handle(Request request, Executor eventLoop);
  }
}
