package com.poolbrain.webhooks.engine.runtime;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets in who begins something, until it closes; and then knows when the last of them has begun
/// what he came for.
public final class ShutdownGate implements Service {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allReleased = lock.newCondition();
  private int activePermits;
  private boolean closed;

  /// Somebody is inside until he closes it.
  public interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void start() {}

  /// Lets somebody in.
  ///
  /// @throws LedgerException.Away if it is closed
  public Permit enter() {
    lock.lock();
    try {
      if (closed) {
        throw new LedgerException.Unavailable("the service is shutting down");
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

  /// Lets nobody in any more, and returns when nobody is inside.
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
