package com.poolbrain.webhooks.engine.commit;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Tries something until it succeeds, and lets others have the turn between tries. Once closed, it
/// makes one more try and no other.
public final class RetryLoop implements AutoCloseable {

  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  private final Clock clock;
  private final CommitLock commitLock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closeSignal = lock.newCondition();
  private boolean closed;

  /// @param commitLock held by whoever tries
  public RetryLoop(Clock clock, CommitLock commitLock) {
    this.clock = clock;
    this.commitLock = commitLock;
  }

  /// Tries, and between tries waits a little.
  ///
  /// @param operation says whether it succeeded
  /// @return whether it did at last
  public boolean retryUntil(BooleanSupplier operation) {
    while (!operation.getAsBoolean()) {
      if (!yieldCommitLock()) {
        return operation.getAsBoolean();
      }
    }
    return true;
  }

  private boolean yieldCommitLock() {
    commitLock.release();
    try {
      return awaitRetryDelay();
    } finally {
      commitLock.acquire();
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
