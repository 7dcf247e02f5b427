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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The environment that the nodes of one simulation share: time, threads, ledger, endpoints and
/// trace.
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
    this.ledger = new SimulatedLedger(databaseClock, scheduler::nanoTime);
    this.trace = new Trace(scheduler);
    this.backgroundProcess = scheduler.newProcess("store");
  }

  /// The number of live nodes that a lease renewal returned to a node.
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

  /// In chronological order.
  public List<LiveNodeCount> liveNodeCounts() {
    return liveNodeCounts;
  }

  void registerIncarnation(UUID incarnation, SimulatedProcess process) {
    processesByIncarnation.put(incarnation, process);
  }

  /// The process that registered this incarnation.
  public @Nullable SimulatedProcess processOf(UUID incarnation) {
    return processesByIncarnation.get(incarnation);
  }

  void recordLiveNodes(SimulatedProcess process, int liveNodes) {
    liveNodeCounts.add(new LiveNodeCount(process, scheduler.nanoTime(), liveNodes));
  }

  public Trace trace() {
    return trace;
  }

  /// Adds an entry to the trace, see [Trace#add].
  public void trace(String source, Supplier<String> message) {
    trace.add(source, message);
  }

  /// Runs a commit after its caller has stopped waiting for it.
  void commitLater(Runnable commit) {
    pendingCommits++;
    runAfter(
        Duration.ofNanos(random.nextLong(MAX_LATE_COMMIT_NANOS)),
        () -> {
          commit.run();
          pendingCommits--;
        });
  }

  /// The number of commits of [#commitLater] that have not run.
  public int pendingCommits() {
    return pendingCommits;
  }

  /// Runs a task after a delay, outside any node.
  public void runAfter(Duration delay, Runnable task) {
    backgroundProcess.start(() -> {
      scheduler.sleep(delay);
      task.run();
    });
  }

  /// A node that is not started.
  public SimulatedNode newNode(String name, EngineSettings settings) {
    return new SimulatedNode(this, name, settings, random.nextLong());
  }

  /// Waits in virtual time until a condition holds. Polls less often the longer it takes.
  ///
  /// @param fact the condition in words, for the message of a timeout
  /// @throws SimulationException after the timeout
  public void await(String fact, Duration timeout, BooleanSupplier condition)
      throws InterruptedException {
    long startNanos = scheduler.nanoTime();
    while (!condition.getAsBoolean()) {
      if (scheduler.nanoTime() - startNanos > timeout.toNanos()) {
        throw new SimulationException("Timed out after " + timeout + " waiting until " + fact);
      }
      scheduler.sleep(Duration.ofNanos(MIN_POLL_NANOS + (scheduler.nanoTime() - startNanos) / 50));
    }
  }
}
