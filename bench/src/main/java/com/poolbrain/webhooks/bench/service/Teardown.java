package com.poolbrain.webhooks.bench.service;

import java.util.ArrayDeque;
import java.util.Deque;

/// Ends what was begun, the last first: when it is closed, or when the process is ended before, as
/// by Ctrl-C.
final class Teardown implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeQuietly, "bench-teardown");
  private boolean closed;

  /// @throws IllegalStateException if the process is ending already
  Teardown() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Takes one more thing to end.
  synchronized <T extends AutoCloseable> T add(T begun) {
    open.push(begun);
    return begun;
  }

  /// Whether everything was ended.
  synchronized boolean isClosed() {
    return closed;
  }

  private void closeQuietly() {
    try {
      end();
    } catch (Exception e) {
      System.err.println("webhooks bench: not everything could be ended: " + e);
    }
  }

  @Override
  public void close() throws Exception {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It runs: the process is ending.
    }
  }

  private synchronized void end() throws Exception {
    closed = true;
    Exception first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
