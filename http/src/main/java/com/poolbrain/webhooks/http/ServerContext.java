package com.poolbrain.webhooks.http;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// What all exchanges of a listener use.
///
/// @param executor runs each task on a virtual thread of its own
record ServerContext(
    Router router, ApiKeyCache apiKeyCache, Executor executor, LoadControl loadControl) {

  /// How much may be under way.
  ///
  /// @param closing whether connections end with the answer that is being made
  record LoadControl(HttpLimits limits, ByteBudget bodyBudget, AtomicBoolean closing) {}

  HttpLimits limits() {
    return loadControl.limits();
  }

  ByteBudget bodyBudget() {
    return loadControl.bodyBudget();
  }

  AtomicBoolean closing() {
    return loadControl.closing();
  }
}
