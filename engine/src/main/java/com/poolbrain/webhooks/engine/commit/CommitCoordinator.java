package com.poolbrain.webhooks.engine.commit;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/// Creates the group commits of one node. Their batches are written one after the other, so that
/// each batch grows while another is written: fewer and larger transactions.
public final class CommitCoordinator {

  private final Clock clock;
  private final ThreadFactory threads;
  private final ThreadFactory platformThreads;
  private final ReentrantLock writeLock = new ReentrantLock(true);

  /// @param threads write the batches of [#groupCommit]
  /// @param platformThreads write those of [#largeCommit]
  public CommitCoordinator(Clock clock, ThreadFactory threads, ThreadFactory platformThreads) {
    this.clock = clock;
    this.threads = threads;
    this.platformThreads = platformThreads;
  }

  /// A group commit that takes its turn with all others of this coordinator.
  public <T extends GroupCommit.Entry> GroupCommit<T> groupCommit(
      GroupCommit.BatchLimits limits, GroupCommit.BatchHandler<T> handler) {
    return new GroupCommit<>(limits, clock, threads, writeLock, handler);
  }

  /// A commit of entries so large that others must not wait for them: one entry at a time,
  /// companies in turn, while the batches of the group commits are written.
  public <T extends GroupCommit.Entry> GroupCommit<T> largeCommit(
      GroupCommit.BatchHandler<T> handler) {
    return new GroupCommit<>(
        GroupCommit.BatchLimits.SINGLE_ENTRY, clock, platformThreads, new ReentrantLock(), handler);
  }

  /// A retry loop for use inside a batch: it lets other batches be written between its tries.
  public RetryLoop retryLoop() {
    return new RetryLoop(clock, writeLock);
  }
}
