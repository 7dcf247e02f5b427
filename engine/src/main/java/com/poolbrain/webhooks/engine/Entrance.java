package com.poolbrain.webhooks.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets in who begins something, until it closes; and then knows when the last of them has begun
/// what he came for.
final class Entrance implements Service {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private int inside;
  private boolean closed;

  /// Somebody is inside until he closes it.
  interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void start() {}

  /// Lets somebody in.
  ///
  /// @throws LedgerException.Away if it is closed
  Pass enter() {
    lock.lock();
    try {
      if (closed) {
        throw new LedgerException.Away("the service is shutting down");
      }
      inside++;
      return this::leave;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      inside--;
      empty.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Lets nobody in any more, and returns when nobody is inside.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (inside > 0) {
        empty.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
