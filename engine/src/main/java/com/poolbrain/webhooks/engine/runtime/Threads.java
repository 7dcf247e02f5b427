package com.poolbrain.webhooks.engine.runtime;

/// Joining of threads.
public final class Threads {

  private Threads() {}

  /// Returns when the thread has ended. If the caller is interrupted meanwhile, its interrupt flag
  /// is set on return.
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
