package com.poolbrain.webhooks.engine.commit;

import java.util.concurrent.locks.ReentrantLock;

/// Whose turn it is to write to the ledger. Batches of different kinds are written one after the
/// other, so that each grows while another is written: fewer and larger transactions.
public final class CommitLock {

  private final ReentrantLock lock = new ReentrantLock(true);

  /// Waits for the turn.
  void acquire() {
    lock.lock();
  }

  /// Lets the next one have it.
  void release() {
    lock.unlock();
  }
}
