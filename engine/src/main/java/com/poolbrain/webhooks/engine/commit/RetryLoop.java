package com.poolbrain.webhooks.engine.commit;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Repeats an operation until it succeeds, and releases the write lock between tries. Once closed,
/// it makes one last try.
public final class RetryLoop implements AutoCloseable {

  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  private final Clock clock;
  private final ReentrantLock writeLock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closeSignal = lock.newCondition();
  private boolean closed;

  /// @param writeLock held by the thread that tries
  RetryLoop(Clock clock, ReentrantLock writeLock) {
    this.clock = clock;
    this.writeLock = writeLock;
  }

  /// Repeats the operation, with a pause of 200 ms between tries.
  ///
  /// @param operation returns whether it succeeded
  /// @return whether the last try succeeded
  public boolean retryUntil(BooleanSupplier operation) {
    while (!operation.getAsBoolean()) {
      if (!awaitNextTry()) {
        return operation.getAsBoolean();
      }
    }
    return true;
  }

  private boolean awaitNextTry() {
    writeLock.unlock();
    try {
      return awaitRetryDelay();
    } finally {
      writeLock.lock();
    }
  }

  private boolean awaitRetryDelay() {
    lock.lock();
    try {
      if (!closed) {
        clock.await(closeSignal, RETRY_DELAY);
      }
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closeSignal.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
