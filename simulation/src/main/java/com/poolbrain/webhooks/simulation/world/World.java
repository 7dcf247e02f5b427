package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.simulation.scheduler.SeededScheduler;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import com.poolbrain.webhooks.simulation.scheduler.SimulationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// All that one story has in common: time, threads, the ledger, who receives, and what is written
/// down.
public final class World {

  private static final long MIN_POLL_NANOS = 1_000_000;
  private static final long MAX_LATE_COMMIT_NANOS = 4_000_000_000L;

  private final SplittableRandom random;
  private final SeededScheduler scheduler;
  private final FaultInjector faultInjector;
  private final SimulatedDatabaseClock databaseClock;
  private final SimulatedLedger ledger;
  private final Trace trace;
  private final SimulatedProcess backgroundProcess;
  private final SimulatedEndpoints endpoints = new SimulatedEndpoints();
  private final List<LiveNodeCount> liveNodeCounts = new ArrayList<>();
  private final Map<UUID, SimulatedProcess> processesByIncarnation = new HashMap<>();
  private int pendingCommits;

  public World(SplittableRandom random, SeededScheduler scheduler, FaultInjector faultInjector) {
    this.random = random;
    this.scheduler = scheduler;
    this.faultInjector = faultInjector;
    this.databaseClock = new SimulatedDatabaseClock(scheduler);
    this.ledger = new SimulatedLedger(databaseClock);
    this.trace = new Trace(scheduler);
    this.backgroundProcess = scheduler.newProcess("store");
  }

  /// What a node was told of how many live.
  ///
  /// @param atNanos virtual nanoseconds
  public record LiveNodeCount(SimulatedProcess process, long atNanos, int count) {}

  public SeededScheduler scheduler() {
    return scheduler;
  }

  public FaultInjector faultInjector() {
    return faultInjector;
  }

  public SimulatedDatabaseClock databaseClock() {
    return databaseClock;
  }

  public SimulatedLedger ledger() {
    return ledger;
  }

  public SimulatedEndpoints endpoints() {
    return endpoints;
  }

  /// In the order of time.
  public List<LiveNodeCount> liveNodeCounts() {
    return liveNodeCounts;
  }

  void registerIncarnation(UUID incarnation, SimulatedProcess process) {
    processesByIncarnation.put(incarnation, process);
  }

  /// The process that lived as that incarnation.
  @Nullable
  public SimulatedProcess processOf(UUID incarnation) {
    return processesByIncarnation.get(incarnation);
  }

  void recordLiveNodes(SimulatedProcess process, int liveNodes) {
    liveNodeCounts.add(new LiveNodeCount(process, scheduler.nanoTime(), liveNodes));
  }

  public Trace trace() {
    return trace;
  }

  /// The store finishes something after everybody has stopped waiting for it.
  void commitLater(Runnable commit) {
    pendingCommits++;
    runAfter(
        Duration.ofNanos(random.nextLong(MAX_LATE_COMMIT_NANOS)),
        () -> {
          commit.run();
          pendingCommits--;
        });
  }

  /// Of those that nobody waits for any more.
  public int pendingCommits() {
    return pendingCommits;
  }

  /// Something happens by itself.
  public void runAfter(Duration delay, Runnable task) {
    backgroundProcess
        .newThread(() -> {
          try {
            scheduler.sleep(delay);
          } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
          }
          task.run();
        })
        .start();
  }

  /// A process that runs an engine, not started yet.
  public SimulatedNode newNode(String name, EngineSettings settings) {
    return new SimulatedNode(this, name, settings, random.nextLong());
  }

  /// Waits for a fact: looks often at first, and seldom when it takes long.
  ///
  /// @throws SimulationException if it isn't one in time
  public void await(String fact, Duration timeout, BooleanSupplier condition)
      throws InterruptedException {
    long startNanos = scheduler.nanoTime();
    while (!condition.getAsBoolean()) {
      if (scheduler.nanoTime() - startNanos > timeout.toNanos()) {
        throw new SimulationException("Not within " + timeout + ": " + fact);
      }
      scheduler.sleep(Duration.ofNanos(MIN_POLL_NANOS + (scheduler.nanoTime() - startNanos) / 50));
    }
  }
}
