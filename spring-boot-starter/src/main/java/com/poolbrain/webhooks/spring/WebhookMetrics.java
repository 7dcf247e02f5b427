package com.poolbrain.webhooks.spring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/// The counters `poolbrain.webhooks.requests` and `poolbrain.webhooks.handler.calls`.
final class WebhookMetrics implements MeterBinder {

  private static final String CALLS = "poolbrain.webhooks.handler.calls";

  private final WebhookActivity activity;

  WebhookMetrics(WebhookActivity activity) {
    this.activity = activity;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    activity
        .replies()
        .forEach((reply, count) ->
            FunctionCounter.builder("poolbrain.webhooks.requests", count, sum -> sum.sum())
                .description("Requests to the webhook endpoint, by their reply")
                .tag("reply", reply)
                .register(registry));
    for (HandlerCalls handler : activity.handlers()) {
      FunctionCounter.builder(CALLS, handler, HandlerCalls::succeeded)
          .description("Webhooks given to handlers, by their result")
          .tag("event", handler.event())
          .tag("result", "succeeded")
          .register(registry);
      FunctionCounter.builder(CALLS, handler, HandlerCalls::failed)
          .description("Webhooks given to handlers, by their result")
          .tag("event", handler.event())
          .tag("result", "failed")
          .register(registry);
    }
  }
}
