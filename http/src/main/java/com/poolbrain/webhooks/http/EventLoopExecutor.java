package com.poolbrain.webhooks.http;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks on the event loop of a connection. After the end of the event loop its connections
/// are closed, so further tasks are dropped.
final class EventLoopExecutor implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoopExecutor.class);

  private final Context context;
  private final Thread thread = Thread.currentThread();

  /// Must be called on the event loop.
  EventLoopExecutor(Context context) {
    this.context = context;
  }

  /// Whether the calling thread is the event loop.
  boolean isCurrentThread() {
    return Thread.currentThread().equals(thread);
  }

  /// Runs a task later. Must be called on the event loop.
  void schedule(Duration delay, Runnable task) {
    context.owner().setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
  }

  @Override
  public void execute(Runnable task) {
    try {
      context.runOnContext(_ -> task.run());
    } catch (RejectedExecutionException _) {
      LOG.debug("Dropped a response after the listener had stopped; the connection is closed");
    }
  }
}
