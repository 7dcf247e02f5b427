package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.jdbc.Database;
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
public final class PartitionMaintenance implements Service {

  private static final Logger log = LoggerFactory.getLogger(PartitionMaintenance.class);

  private static final Duration PASS_INTERVAL = Duration.ofMinutes(30);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

  /// However often days are missed, passes don't begin closer together than this.
  private static final Duration MIN_PASS_INTERVAL = Duration.ofSeconds(1);

  private final MissingPartitionDetector missingPartitionDetector;
  private final PartitionPlanner planner;
  private final Clock clock;
  private final ThreadFactory threadFactory;
  private final LongAdder deletedOpenDeliveries = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<LocalDate> reportedDays = new HashSet<>();
  private boolean closed;
  private @Nullable Thread worker;
  private volatile LocalDate lastCompleteDay = LocalDate.MIN;

  /// @param retentionDays whole days before today that are kept, at least 2
  public PartitionMaintenance(
      Database database, int retentionDays, Clock clock, ThreadFactory threadFactory) {
    if (retentionDays < 2) {
      throw new IllegalArgumentException("at least 2 days are kept, not " + retentionDays);
    }
    this.missingPartitionDetector = database.missingPartitionDetector();
    this.planner = new PartitionPlanner(database.maintenanceDataSource(), retentionDays);
    this.clock = clock;
    this.threadFactory = threadFactory;
  }

  /// Makes what is missing at once, then keeps at it.
  ///
  /// @throws StartupException if the partitions for today can't be made
  @Override
  public void start() {
    try {
      lastCompleteDay = planner.createAhead(today(), Set.of());
    } catch (SQLException e) {
      throw new StartupException(
          "Can't make the partitions of the database for today: " + e.getMessage(), e);
    }
    missingPartitionDetector.setCreator(this::reportMissingDay);
    Thread newWorker = threadFactory.newThread(this::run);
    worker = newWorker;
    newWorker.start();
  }

  /// Whether tomorrow's partitions are there. If not, midnight would bring publishing to a halt.
  public boolean isReady() {
    return !lastCompleteDay.isBefore(today().plusDays(1));
  }

  /// Open deliveries removed because they were older than what is kept, since the start.
  public long deletedOpenDeliveries() {
    return deletedOpenDeliveries.sum();
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
    Thread current = worker;
    if (current != null) {
      try {
        current.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        long passStartedAt = clock.nanoTime();
        boolean succeeded = runPass();
        awaitNextPass(passStartedAt, succeeded ? PASS_INTERVAL : RETRY_DELAY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitNextPass(long passStartedAt, Duration duration) throws InterruptedException {
    lock.lock();
    try {
      long remaining = remainingNanos(passStartedAt, duration);
      while (remaining > 0 && !closed) {
        clock.await(changed, Duration.ofNanos(remaining));
        remaining = remainingNanos(passStartedAt, duration);
      }
    } finally {
      lock.unlock();
    }
  }

  private long remainingNanos(long passStartedAt, Duration duration) {
    Duration required = reportedDays.isEmpty() ? duration : MIN_PASS_INTERVAL;
    return passStartedAt + required.toNanos() - clock.nanoTime();
  }

  private boolean reportMissingDay(@Nullable LocalDate day) {
    LocalDate today = today();
    if (day != null && !planner.isWithinWindow(day, today)) {
      return false;
    }
    lock.lock();
    try {
      reportedDays.add(day == null ? today : day);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  private Set<LocalDate> takeReportedDays() {
    lock.lock();
    try {
      Set<LocalDate> taken = Set.copyOf(reportedDays);
      reportedDays.clear();
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

  private boolean runPass() {
    Set<LocalDate> required = takeReportedDays();
    try {
      if (!required.isEmpty()) {
        log.warn(
            "Rows were refused because these days have no partition, so they get one: {}",
            required);
      }
      lastCompleteDay = planner.createAhead(today(), required);
      deletedOpenDeliveries.add(planner.dropExpired(today()));
      return true;
    } catch (SQLException e) {
      log.warn(
          "Partitions could not be made or dropped; they are complete to {}, next try in {} s",
          lastCompleteDay,
          RETRY_DELAY.toSeconds(),
          e);
      return false;
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
