package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.engine.Clock;
import com.poolbrain.webhooks.engine.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that every day has its partitions before it begins, and that days are dropped when
/// they are older than what is kept.
public final class Partitions implements Service {

  private static final Logger log = LoggerFactory.getLogger(Partitions.class);

  private static final Duration BETWEEN_PASSES = Duration.ofMinutes(30);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

  private final DayPartitions days;
  private final Clock clock;
  private final ThreadFactory threads;
  private final LongAdder removedOpen = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean closed;
  private @Nullable Thread worker;
  private volatile LocalDate completeTo = LocalDate.MIN;

  /// @param connections without limits on time, as [Database#upkeep()] gives them
  /// @param retentionDays whole days before today that are kept, at least 2
  public Partitions(DataSource connections, int retentionDays, Clock clock, ThreadFactory threads) {
    if (retentionDays < 2) {
      throw new IllegalArgumentException("at least 2 days are kept, not " + retentionDays);
    }
    this.days = new DayPartitions(connections, retentionDays);
    this.clock = clock;
    this.threads = threads;
  }

  /// Makes what is missing at once, then keeps at it.
  ///
  /// @throws StartupException if the partitions for today can't be made
  @Override
  public void start() {
    try {
      completeTo = days.makeAhead(today());
    } catch (SQLException e) {
      throw new StartupException(
          "Can't make the partitions of the database for today: " + e.getMessage(), e);
    }
    Thread started = threads.newThread(this::run);
    worker = started;
    started.start();
  }

  /// Whether tomorrow's partitions are there. If not, midnight would bring publishing to a halt.
  public boolean ready() {
    return !completeTo.isBefore(today().plusDays(1));
  }

  /// Open deliveries removed because they were older than what is kept, since the start.
  public long removedOpen() {
    return removedOpen.sum();
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
    Thread running = worker;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        boolean done = pass();
        pause(done ? BETWEEN_PASSES : AFTER_A_FAILURE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    long until = clock.nanoTime() + duration.toNanos();
    lock.lock();
    try {
      long left = duration.toNanos();
      while (left > 0 && !closed) {
        clock.await(closing, Duration.ofNanos(left));
        left = until - clock.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean pass() {
    try {
      completeTo = days.makeAhead(today());
      removedOpen.add(days.dropOld(today()));
      return true;
    } catch (SQLException e) {
      log.warn(
          "Partitions could not be made or dropped; they are complete to {}, next try in {} s",
          completeTo,
          AFTER_A_FAILURE.toSeconds(),
          e);
      return false;
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
