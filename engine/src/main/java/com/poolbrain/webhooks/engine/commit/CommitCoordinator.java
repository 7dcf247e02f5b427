package com.poolbrain.webhooks.engine.commit;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/// Creates the group commits of one node. Their batches are written one after the other, so that
/// each batch grows while another is written: fewer and larger transactions.
public final class CommitCoordinator {

  private final Clock clock;
  private final ThreadFactory threads;
  private final ReentrantLock writeLock = new ReentrantLock(true);

  /// Batches are written by threads of that factory.
  public CommitCoordinator(Clock clock, ThreadFactory threads) {
    this.clock = clock;
    this.threads = threads;
  }

  /// A group commit that takes its turn with all others of this coordinator.
  public <T extends GroupCommit.Entry> GroupCommit<T> groupCommit(
      GroupCommit.BatchLimits limits, GroupCommit.BatchHandler<T> handler) {
    return new GroupCommit<>(limits, clock, threads, writeLock, handler);
  }

  /// A retry loop for use inside a batch: it lets other batches be written between its tries.
  public RetryLoop retryLoop() {
    return new RetryLoop(clock, writeLock);
  }
}
