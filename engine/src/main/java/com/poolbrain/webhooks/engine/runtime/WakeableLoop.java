package com.poolbrain.webhooks.engine.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something again and again: when the time that it named has passed, or when it is woken.
public final class WakeableLoop implements Service {

  private static final Logger log = LoggerFactory.getLogger(WakeableLoop.class);
  private static final Duration FAILURE_DELAY = Duration.ofSeconds(1);

  /// One round.
  public interface Task {
    /// Does what is to be done. If it throws, the next round comes after a second.
    ///
    /// @return how long to wait before the next round, unless woken
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

  /// Makes the next round begin now.
  public void wake() {
    lock.lock();
    try {
      requestedRound = currentRound + 1;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when a round that began after this call has ended, or this is closed.
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
      if (!finishRound(round())) {
        return;
      }
    }
  }

  private Duration round() {
    try {
      return task.run();
    } catch (RuntimeException | Error bug) {
      log.error("A round broke off; the next one comes in {}", FAILURE_DELAY, bug);
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
      long startNanos = clock.nanoTime();
      while (!closed && requestedRound <= currentRound) {
        Duration remaining = delay.minusNanos(clock.nanoTime() - startNanos);
        if (remaining.isNegative() || remaining.isZero()) {
          return true;
        }
        clock.await(changed, remaining);
      }
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Lets a running round end and begins no other.
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
