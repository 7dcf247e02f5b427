package com.poolbrain.webhooks.bench.scenario;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Repeats a task on a thread of its own until it is stopped.
final class Repeated implements AutoCloseable {

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<Void> running;

  /// Starts.
  ///
  /// @param pauseMillis between the end of the task and its next start
  Repeated(long pauseMillis, Runnable task) {
    running =
        CompletableFuture.runAsync(
            () -> repeat(pauseMillis, task),
            thread -> Thread.ofPlatform().daemon().name("bench-repeated").start(thread));
  }

  private void repeat(long pauseMillis, Runnable task) {
    try {
      do {
        task.run();
      } while (!stopped.await(pauseMillis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /// Returns when the task has ended. Fails if it failed.
  @Override
  public void close() {
    stopped.countDown();
    running.join();
  }
}
