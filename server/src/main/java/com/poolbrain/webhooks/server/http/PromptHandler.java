package com.poolbrain.webhooks.server.http;

import java.util.concurrent.CompletionStage;

/// Makes an answer of a request without ever blocking: small requests are handled on the event loop
/// that read them, large ones on a virtual thread.
@FunctionalInterface
public interface PromptHandler {

  /// Begins to answer the request.
  ///
  /// @throws Refusal to answer with a problem
  CompletionStage<Response> handle(Request request);
}
