package com.poolbrain.webhooks.engine.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A background thread that runs a task repeatedly: after the delay that the task returned, or as
/// soon as it is woken.
public final class WakeableLoop implements Service {

  private static final Logger log = LoggerFactory.getLogger(WakeableLoop.class);
  private static final Duration FAILURE_DELAY = Duration.ofSeconds(1);

  /// The repeated task.
  public interface Task {
    /// Runs once. If it throws, the next run follows after a second.
    ///
    /// @return delay before the next run, unless the loop is woken
    Duration run();
  }

  private final Clock clock;
  private final Task task;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long requestedRound;
  private long currentRound;
  private long completedRound;
  private boolean closed;

  public WakeableLoop(Clock clock, ThreadFactory threads, Task task) {
    this.clock = clock;
    this.task = task;
    this.thread = threads.newThread(this::runLoop);
  }

  @Override
  public void start() {
    thread.start();
  }

  /// Makes the next run start now.
  public void wake() {
    lock.lock();
    try {
      requestedRound = currentRound + 1;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when a run that started after this call has ended, or when the loop is closed.
  public void awaitFreshRun() throws InterruptedException {
    lock.lock();
    try {
      long targetRound = currentRound + 1;
      requestedRound = targetRound;
      changed.signalAll();
      while (completedRound < targetRound && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void runLoop() {
    while (beginRound()) {
      if (!finishRound(runTask())) {
        return;
      }
    }
  }

  private Duration runTask() {
    try {
      return task.run();
    } catch (RuntimeException | Error bug) {
      log.error("A background task failed; its next run starts in {}", FAILURE_DELAY, bug);
      return FAILURE_DELAY;
    }
  }

  private boolean beginRound() {
    lock.lock();
    try {
      currentRound++;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean finishRound(Duration delay) {
    lock.lock();
    try {
      completedRound = currentRound;
      changed.signalAll();
      clock.awaitUntil(changed, delay, () -> closed || requestedRound > currentRound);
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Lets the current run end and starts no other.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Threads.joinUninterruptibly(thread);
  }
}
