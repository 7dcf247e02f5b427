package com.poolbrain.webhooks.server.http;

import io.vertx.core.Context;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loop of a connection. When it has ended, its callers are gone, and with them all that
/// was still to be done for them.
final class Loop implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final Context context;
  private final Thread thread = Thread.currentThread();

  /// The loop that the calling thread runs.
  Loop(Context context) {
    this.context = context;
  }

  /// Whether the calling thread runs it.
  boolean isHere() {
    return Thread.currentThread().equals(thread);
  }

  @Override
  public void execute(Runnable work) {
    try {
      context.runOnContext(_ -> work.run());
    } catch (RejectedExecutionException _) {
      LOG.debug("An answer came after the listener had closed; its caller is gone");
    }
  }
}
