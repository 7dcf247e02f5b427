package com.poolbrain.webhooks.bench.service;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Ends what was begun, the last first: when it is closed, or when the process is ended before, as
/// by Ctrl-C.
final class Teardown implements AutoCloseable {

  /// Ends one thing.
  interface Ending {
    void end() throws IOException;
  }

  private final Deque<Ending> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeQuietly, "bench-teardown");
  private boolean closed;

  /// @throws IllegalStateException if the process is ending already
  Teardown() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Takes one more thing to end.
  synchronized void add(Ending ending) {
    open.push(ending);
  }

  /// Whether everything was ended.
  synchronized boolean isClosed() {
    return closed;
  }

  private void closeQuietly() {
    try {
      end();
    } catch (IOException | RuntimeException e) {
      System.err.println("webhooks bench: not everything could be ended: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It runs: the process is ending.
    }
  }

  private synchronized void end() throws IOException {
    closed = true;
    IOException failed = null;
    while (!open.isEmpty()) {
      try {
        open.pop().end();
      } catch (IOException | RuntimeException e) {
        failed =
            failed == null ? new IOException("Not everything could be ended: " + e, e) : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
