package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.engine.Clock;
import com.poolbrain.webhooks.engine.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that every day has its partitions before it begins, and that days are dropped when
/// they are older than what is kept. A day that somebody missed is made at once.
public final class Partitions implements Service {

  private static final Logger log = LoggerFactory.getLogger(Partitions.class);

  private static final Duration BETWEEN_PASSES = Duration.ofMinutes(30);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

  /// However often days are missed, passes don't begin closer together than this.
  private static final Duration AT_LEAST = Duration.ofSeconds(1);

  private final MissingDays missingDays;
  private final DayPartitions days;
  private final Clock clock;
  private final ThreadFactory threads;
  private final LongAdder removedOpen = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<LocalDate> missed = new HashSet<>();
  private boolean closed;
  private @Nullable Thread worker;
  private volatile LocalDate completeTo = LocalDate.MIN;

  /// @param retentionDays whole days before today that are kept, at least 2
  public Partitions(Database database, int retentionDays, Clock clock, ThreadFactory threads) {
    if (retentionDays < 2) {
      throw new IllegalArgumentException("at least 2 days are kept, not " + retentionDays);
    }
    this.missingDays = database.missingDays();
    this.days = new DayPartitions(database.upkeep(), retentionDays);
    this.clock = clock;
    this.threads = threads;
  }

  /// Makes what is missing at once, then keeps at it.
  ///
  /// @throws StartupException if the partitions for today can't be made
  @Override
  public void start() {
    try {
      completeTo = days.makeAhead(today(), Set.of());
    } catch (SQLException e) {
      throw new StartupException(
          "Can't make the partitions of the database for today: " + e.getMessage(), e);
    }
    missingDays.madeBy(this::miss);
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
      changed.signalAll();
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
        long begun = clock.nanoTime();
        boolean done = pass();
        pause(begun, done ? BETWEEN_PASSES : AFTER_A_FAILURE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(long begun, Duration duration) throws InterruptedException {
    lock.lock();
    try {
      long left = left(begun, duration);
      while (left > 0 && !closed) {
        clock.await(changed, Duration.ofNanos(left));
        left = left(begun, duration);
      }
    } finally {
      lock.unlock();
    }
  }

  private long left(long begun, Duration duration) {
    Duration wanted = missed.isEmpty() ? duration : AT_LEAST;
    return begun + wanted.toNanos() - clock.nanoTime();
  }

  private boolean miss(@Nullable LocalDate day) {
    LocalDate today = today();
    if (day != null && !days.hasPlaceFor(day, today)) {
      return false;
    }
    lock.lock();
    try {
      missed.add(day == null ? today : day);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  private Set<LocalDate> takeMissed() {
    lock.lock();
    try {
      Set<LocalDate> taken = Set.copyOf(missed);
      missed.clear();
      return taken;
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
    Set<LocalDate> wanted = takeMissed();
    try {
      if (!wanted.isEmpty()) {
        log.warn(
            "Rows were refused because these days have no partition, so they get one: {}", wanted);
      }
      completeTo = days.makeAhead(today(), wanted);
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
