package com.poolbrain.webhooks.http;

import io.vertx.core.Context;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loop of a connection. When it has ended, its callers are gone, and with them all that
/// was still to be done for them.
final class EventLoopExecutor implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoopExecutor.class);

  private final Context context;
  private final Thread thread = Thread.currentThread();

  /// The loop that the calling thread runs.
  EventLoopExecutor(Context context) {
    this.context = context;
  }

  /// Whether the calling thread runs it.
  boolean isCurrentThread() {
    return Thread.currentThread().equals(thread);
  }

  @Override
  public void execute(Runnable task) {
    try {
      context.runOnContext(_ -> task.run());
    } catch (RejectedExecutionException _) {
      LOG.debug("An answer came after the listener had closed; its caller is gone");
    }
  }
}
