package com.poolbrain.webhooks.engine.runtime;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Shutdown gate for calls from outside. `enter()` fails after `close()`; `close()` returns when
/// every permit is released.
public final class ShutdownGate implements AutoCloseable {

  private final Supplier<? extends RuntimeException> closedException;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allReleased = lock.newCondition();
  private int activePermits;
  private boolean closed;

  /// @param closedException made for each call that comes too late
  public ShutdownGate(Supplier<? extends RuntimeException> closedException) {
    this.closedException = closedException;
  }

  /// Holds the gate open until it is closed.
  public interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /// Takes a permit. Throws the exception of the constructor if the gate is closed.
  public Permit enter() {
    lock.lock();
    try {
      if (closed) {
        throw closedException.get();
      }
      activePermits++;
      return this::release;
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    lock.lock();
    try {
      activePermits--;
      allReleased.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Refuses new permits, and returns when every permit is released.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (activePermits > 0) {
        allReleased.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
