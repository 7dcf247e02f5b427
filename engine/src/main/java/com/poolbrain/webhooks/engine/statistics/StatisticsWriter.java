package com.poolbrain.webhooks.engine.statistics;

import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what a [StatisticsRecorder] added up to the store, every five seconds and when it is
/// closed. What the store can't take now waits in memory.
///
/// It is started before the engine and closed after it, so it writes everything but the last five
/// seconds of a process that is killed.
public final class StatisticsWriter implements Service {

  private static final Logger log = LoggerFactory.getLogger(StatisticsWriter.class);

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration FOLD_INTERVAL = Duration.ofMinutes(10);

  private final StatisticsRecorder recorder;
  private final StatisticsStore store;
  private final UUID writer;
  private final Clock clock;
  private final WakeableLoop loop;
  private Map<CountKey, Counts> unwrittenCounts = Map.of();
  private Map<UUID, EndpointActivity> unwrittenActivity = new LinkedHashMap<>();
  private long batch;
  private long nextFoldNanos;

  /// @param writer a new id for each run of the process
  public StatisticsWriter(
      StatisticsRecorder recorder,
      StatisticsStore store,
      UUID writer,
      Clock clock,
      ThreadFactory threads) {
    this.recorder = recorder;
    this.store = store;
    this.writer = writer;
    this.clock = clock;
    this.nextFoldNanos = clock.nanoTime();
    this.loop = new WakeableLoop(clock, threads, this::runOnce);
  }

  @Override
  public void start() {
    loop.start();
  }

  private Duration runOnce() {
    try {
      write();
      return foldIfDue() ? Duration.ZERO : INTERVAL;
    } catch (LedgerException unavailable) {
      log.debug("Statistics wait for the database: {}", unavailable.getMessage());
      return INTERVAL;
    }
  }

  /// Writes the batch whose fate is unknown before the next one is taken.
  private void write() {
    if (unwrittenCounts.isEmpty()) {
      take();
    }
    writeCounts();
    writeHealth();
  }

  private void take() {
    StatisticsRecorder.Taken taken = recorder.take();
    unwrittenCounts = taken.counts();
    batch++;
    taken
        .activity()
        .forEach((endpoint, activity) ->
            unwrittenActivity.merge(endpoint, activity, EndpointActivity::followedBy));
  }

  private void writeCounts() {
    if (unwrittenCounts.isEmpty()) {
      return;
    }
    try {
      store.add(writer, batch, unwrittenCounts);
    } catch (LedgerException.Rejected rejected) {
      log.error(
          "The database rejected statistics; {} rows are lost", unwrittenCounts.size(), rejected);
    }
    unwrittenCounts = Map.of();
  }

  private void writeHealth() {
    if (unwrittenActivity.isEmpty()) {
      return;
    }
    Map<UUID, EndpointActivity> left = new LinkedHashMap<>();
    try {
      for (UUID endpoint : store.updateHealth(unwrittenActivity, clock.instant())) {
        left.computeIfAbsent(
            endpoint,
            id -> {
              EndpointActivity activity = unwrittenActivity.get(id);
              return activity == null ? null : activity.withoutAttempts();
            });
      }
    } catch (LedgerException.Rejected rejected) {
      log.error(
          "The database rejected the health of {} endpoints", unwrittenActivity.size(), rejected);
    }
    unwrittenActivity = left;
  }

  /// Returns whether there is more to fold now.
  private boolean foldIfDue() {
    if (clock.nanoTime() - nextFoldNanos < 0) {
      return false;
    }
    if (store.fold(clock.instant())) {
      return true;
    }
    nextFoldNanos = clock.nanoTime() + FOLD_INTERVAL.toNanos();
    return false;
  }

  /// Writes what is left. What can't be written then is lost.
  @Override
  public void close() {
    loop.close();
    try {
      write();
      if (unwrittenCounts.isEmpty()) {
        write();
      }
    } catch (LedgerException unavailable) {
      log.warn(
          "The latest statistics are lost, because the database is unavailable: {}",
          unavailable.getMessage());
    }
  }
}
