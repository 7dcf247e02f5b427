package com.poolbrain.webhooks.engine;

/// Waits for threads to end.
final class Joining {

  private Joining() {}

  /// Returns when the thread has ended; an interrupt of the caller is kept for later.
  static void join(Thread thread) {
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
