package com.poolbrain.webhooks.engine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something again and again: when the time that it named has passed, or when it is woken.
final class Ticker implements Service {

  private static final Logger log = LoggerFactory.getLogger(Ticker.class);
  private static final Duration AFTER_A_BUG = Duration.ofSeconds(1);

  /// One round.
  interface Round {
    /// Does what is to be done. If it throws, the next round comes after a second.
    ///
    /// @return how long to wait before the next round, unless woken
    Duration run();
  }

  private final Clock clock;
  private final Round round;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long asked;
  private long begun;
  private long done;
  private boolean closed;

  Ticker(Clock clock, ThreadFactory threads, Round round) {
    this.clock = clock;
    this.round = round;
    this.thread = threads.newThread(this::rounds);
  }

  @Override
  public void start() {
    thread.start();
  }

  /// Makes the next round begin now.
  void wake() {
    lock.lock();
    try {
      asked = begun + 1;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when a round that began after this call has ended, or this is closed.
  void awaitRound() throws InterruptedException {
    lock.lock();
    try {
      long wanted = begun + 1;
      asked = wanted;
      changed.signalAll();
      while (done < wanted && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void rounds() {
    while (begin()) {
      if (!end(round())) {
        return;
      }
    }
  }

  private Duration round() {
    try {
      return round.run();
    } catch (RuntimeException | Error bug) {
      log.error("A round broke off; the next one comes in {}", AFTER_A_BUG, bug);
      return AFTER_A_BUG;
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      begun++;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean end(Duration pause) {
    lock.lock();
    try {
      done = begun;
      changed.signalAll();
      long from = clock.nanoTime();
      while (!closed && asked <= begun) {
        Duration left = pause.minusNanos(clock.nanoTime() - from);
        if (left.isNegative() || left.isZero()) {
          return true;
        }
        clock.await(changed, left);
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
    Joining.join(thread);
  }
}
