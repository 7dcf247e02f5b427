package com.poolbrain.webhooks.bench.service;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Ends what was begun, the last first: when it is closed, or when the process is ended before, as
/// by Ctrl-C.
final class CloseStack implements AutoCloseable {

  /// Ends one thing.
  interface CloseAction {
    void close() throws IOException;
  }

  private final Deque<CloseAction> actions = new ArrayDeque<>();
  private final Thread shutdownHook = new Thread(this::closeQuietly, "bench-teardown");
  private boolean closed;

  /// @throws IllegalStateException if the process is ending already
  CloseStack() {
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /// Takes one more thing to end.
  synchronized void push(CloseAction closeAction) {
    actions.push(closeAction);
  }

  /// Whether everything was ended.
  synchronized boolean isClosed() {
    return closed;
  }

  private void closeQuietly() {
    try {
      closeAll();
    } catch (IOException | RuntimeException e) {
      System.err.println("webhooks bench: not everything could be ended: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException _) {
      // It runs: the process is ending.
    }
  }

  private synchronized void closeAll() throws IOException {
    closed = true;
    IOException failure = null;
    while (!actions.isEmpty()) {
      try {
        actions.pop().close();
      } catch (IOException | RuntimeException e) {
        failure =
            failure == null ? new IOException("Not everything could be ended: " + e, e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
