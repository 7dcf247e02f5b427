package com.poolbrain.webhooks.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Tries something until it succeeds, and lets others have the turn between tries. Once closed, it
/// makes one more try and no other.
final class Patience implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Clock clock;
  private final Turn turn;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean closed;

  /// @param turn held by whoever tries
  Patience(Clock clock, Turn turn) {
    this.clock = clock;
    this.turn = turn;
  }

  /// Tries, and between tries waits a little.
  ///
  /// @param attempt says whether it succeeded
  /// @return whether it did at last
  boolean until(BooleanSupplier attempt) {
    while (!attempt.getAsBoolean()) {
      if (!pause()) {
        return attempt.getAsBoolean();
      }
    }
    return true;
  }

  private boolean pause() {
    turn.give();
    try {
      return untilNext();
    } finally {
      turn.take();
    }
  }

  private boolean untilNext() {
    lock.lock();
    try {
      if (!closed) {
        clock.await(closing, PAUSE);
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
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
