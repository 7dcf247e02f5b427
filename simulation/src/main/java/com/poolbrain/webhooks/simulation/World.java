package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.EngineSettings;
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
final class World {

  private static final long GLANCE = 1_000_000;
  private static final long LATEST_COMMIT = 4_000_000_000L;

  private final SplittableRandom random;
  private final SeededScheduler scheduler;
  private final Weather weather;
  private final StoreClock storeClock;
  private final SimulatedLedger ledger;
  private final Journal journal;
  private final Crew background;
  private final Consumers consumers = new Consumers();
  private final List<Headcount> headcounts = new ArrayList<>();
  private final Map<UUID, Crew> lives = new HashMap<>();
  private int commitsToCome;

  World(SplittableRandom random, SeededScheduler scheduler, Weather weather) {
    this.random = random;
    this.scheduler = scheduler;
    this.weather = weather;
    this.storeClock = new StoreClock(scheduler);
    this.ledger = new SimulatedLedger(storeClock);
    this.journal = new Journal(scheduler);
    this.background = scheduler.crew("store");
  }

  /// What a node was told of how many live.
  ///
  /// @param at virtual nanoseconds
  record Headcount(Crew node, long at, int nodes) {}

  SeededScheduler scheduler() {
    return scheduler;
  }

  Weather weather() {
    return weather;
  }

  StoreClock storeClock() {
    return storeClock;
  }

  SimulatedLedger ledger() {
    return ledger;
  }

  Consumers consumers() {
    return consumers;
  }

  /// In the order of time.
  List<Headcount> headcounts() {
    return headcounts;
  }

  void begin(UUID incarnation, Crew node) {
    lives.put(incarnation, node);
  }

  /// The process that lived as that incarnation.
  @Nullable Crew living(UUID incarnation) {
    return lives.get(incarnation);
  }

  void count(Crew node, int nodes) {
    headcounts.add(new Headcount(node, scheduler.nanos(), nodes));
  }

  Journal journal() {
    return journal;
  }

  /// The store finishes something after everybody has stopped waiting for it.
  void later(Runnable commit) {
    commitsToCome++;
    after(
        Duration.ofNanos(random.nextLong(LATEST_COMMIT)),
        () -> {
          commit.run();
          commitsToCome--;
        });
  }

  /// Of those that nobody waits for any more.
  int commitsToCome() {
    return commitsToCome;
  }

  /// Something happens by itself.
  void after(Duration after, Runnable task) {
    background
        .newThread(() -> {
          try {
            scheduler.sleep(after);
          } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
          }
          task.run();
        })
        .start();
  }

  /// A process that runs an engine, not started yet.
  NodeProcess node(String name, EngineSettings settings) {
    return new NodeProcess(this, name, settings, random.nextLong());
  }

  /// Waits for a fact: looks often at first, and seldom when it takes long.
  ///
  /// @throws SimulationException if it isn't one in time
  void await(String fact, Duration atMost, BooleanSupplier isFact) throws InterruptedException {
    long from = scheduler.nanos();
    while (!isFact.getAsBoolean()) {
      if (scheduler.nanos() - from > atMost.toNanos()) {
        throw new SimulationException("Not within " + atMost + ": " + fact);
      }
      scheduler.sleep(Duration.ofNanos(GLANCE + (scheduler.nanos() - from) / 50));
    }
  }
}
