package com.poolbrain.webhooks.engine.runtime;

/// Waits for threads to end.
public final class Threads {

  private Threads() {}

  /// Returns when the thread has ended; an interrupt of the caller is kept for later.
  public static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
