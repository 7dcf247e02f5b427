package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the partitions of each day ahead of time, and drops those that are older than the
/// retention. A partition that is reported missing is created within a second.
public final class PartitionMaintenance implements Service {

  private static final Logger log = LoggerFactory.getLogger(PartitionMaintenance.class);

  private static final int MIN_RETENTION_DAYS = 2;
  private static final Duration PASS_INTERVAL = Duration.ofMinutes(30);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

  /// Between the starts of two passes, however many partitions are reported missing.
  private static final Duration MIN_PASS_INTERVAL = Duration.ofSeconds(1);

  private final Database database;
  private final PartitionPlanner planner;
  private final Clock clock;
  private final WakeableLoop loop;
  private final LongAdder deletedOpenDeliveries = new LongAdder();
  private final Set<LocalDate> missingDays = ConcurrentHashMap.newKeySet();
  private long nextPassNanos;
  private volatile LocalDate lastCompleteDay = LocalDate.MIN;

  /// @param retentionDays full days before today that are kept, at least 2
  /// @param audit gets the open deliveries that are dropped
  public PartitionMaintenance(
      Database database, int retentionDays, Audit audit, Clock clock, ThreadFactory threadFactory) {
    if (retentionDays < MIN_RETENTION_DAYS) {
      throw new IllegalArgumentException(
          "the retention is " + retentionDays + " days, but must be at least 2 days");
    }
    this.database = database;
    this.planner = new PartitionPlanner(database.maintenanceDataSource(), retentionDays, audit);
    this.clock = clock;
    this.loop = new WakeableLoop(clock, threadFactory, this::runPassIfDue);
  }

  /// Creates missing partitions before it returns, then starts the background thread.
  ///
  /// @throws StartupException if the partitions for today can't be created
  @Override
  public void start() {
    try {
      lastCompleteDay = planner.createAhead(today(), Set.of());
    } catch (SQLException e) {
      throw new StartupException(
          "Can't create the database partitions for today: " + e.getMessage(), e);
    }
    nextPassNanos = clock.nanoTime();
    database.setPartitionCreator(this::requestDay);
    loop.start();
  }

  /// Whether tomorrow's partitions exist. Without them publishing would stop at midnight UTC.
  public boolean isReady() {
    return !lastCompleteDay.isBefore(today().plusDays(1));
  }

  /// Open deliveries that were deleted since the start because they were older than the retention.
  public long deletedOpenDeliveries() {
    return deletedOpenDeliveries.sum();
  }

  @Override
  public void close() {
    loop.close();
  }

  private boolean requestDay(@Nullable LocalDate day) {
    LocalDate today = today();
    if (day != null && !planner.isWithinWindow(day, today)) {
      return false;
    }
    if (missingDays.add(day == null ? today : day)) {
      loop.wake();
    }
    return true;
  }

  private Duration runPassIfDue() {
    Duration early = Duration.ofNanos(nextPassNanos - clock.nanoTime());
    if (early.isPositive()) {
      return early;
    }
    nextPassNanos = clock.nanoTime() + MIN_PASS_INTERVAL.toNanos();
    return runPass() ? PASS_INTERVAL : RETRY_DELAY;
  }

  private boolean runPass() {
    Set<LocalDate> requiredDays = Set.copyOf(missingDays);
    missingDays.removeAll(requiredDays);
    try {
      if (!requiredDays.isEmpty()) {
        log.warn(
            "Rows were rejected because partitions are missing for {}. Creating the partitions.",
            requiredDays);
      }
      lastCompleteDay = planner.createAhead(today(), requiredDays);
      deletedOpenDeliveries.add(planner.dropExpired(today()));
      return true;
    } catch (SQLException e) {
      log.warn(
          "Partitions could not be created or dropped. They are complete up to {}. Retrying in {} s. Cause: {}",
          lastCompleteDay,
          RETRY_DELAY.toSeconds(),
          e.getMessage());
      return false;
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
