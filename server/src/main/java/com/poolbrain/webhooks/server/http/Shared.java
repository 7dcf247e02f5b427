package com.poolbrain.webhooks.server.http;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// What all exchanges of a listener use.
///
/// @param executor runs each task on a virtual thread of its own
record Shared(Router router, KeyCache keys, Executor executor, Flow flow) {

  /// How much may be under way.
  ///
  /// @param closing whether connections end with the answer that is being made
  record Flow(HttpLimits limits, ByteBudget budget, AtomicBoolean closing) {}

  HttpLimits limits() {
    return flow.limits();
  }

  ByteBudget budget() {
    return flow.budget();
  }

  AtomicBoolean closing() {
    return flow.closing();
  }
}
