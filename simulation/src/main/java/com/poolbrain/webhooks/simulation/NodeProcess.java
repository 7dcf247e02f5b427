package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Seams;
import com.poolbrain.webhooks.engine.Skipped;
import com.poolbrain.webhooks.engine.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One place in which an engine runs: started, paused, killed, closed, and started again.
final class NodeProcess {

  private static final Duration START_AGAIN = Duration.ofMillis(500);
  private static final Watch NOBODY =
      new Watch() {
        @Override
        public void accepted(List<Receipt> receipts) {}

        @Override
        public void attempted(AttemptFinished finished) {}

        @Override
        public void skipped(Skipped skipped) {}
      };

  private final World world;
  private final String name;
  private final EngineSettings settings;
  private final SplittableRandom random;
  private final List<Long> resumed = new ArrayList<>();
  private Crew crew;
  private @Nullable Engine engine;
  private boolean started;
  private boolean closing;
  private int leftRunning;
  private Watch watch = NOBODY;

  NodeProcess(World world, String name, EngineSettings settings, long seed) {
    this.world = world;
    this.name = name;
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.crew = world.scheduler().crew(name);
  }

  String name() {
    return name;
  }

  Crew crew() {
    return crew;
  }

  EngineSettings settings() {
    return settings;
  }

  /// The engine in it.
  Engine engine() {
    if (engine == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return engine;
  }

  /// Whether it has started, and is neither dead nor closing.
  boolean serves() {
    return started && !closing && !crew.dead();
  }

  /// Whether it has not started yet, and is about to.
  boolean starting() {
    return up() && !started;
  }

  /// Whether it is up in any way, and be it stopped half way.
  boolean up() {
    return engine != null && !crew.dead();
  }

  /// Whom the engine tells what happens, from the next life on.
  void watchedBy(Watch by) {
    watch = by;
  }

  /// Begins a life of this process, after any former one has ended.
  void start() {
    crew = world.scheduler().crew(name);
    started = false;
    closing = false;
    Crew life = crew;
    Engine begun =
        new Engine(
            new Seams(
                new NodeLedger(world.ledger(), world, life),
                new NodeTransport(world, life),
                new NodeClock(
                    world.scheduler(), random.nextLong(1L << 50), world.storeClock().instant()),
                life,
                new SplittableRandom(random.nextLong())),
            settings,
            Types::named,
            watch);
    engine = begun;
    world.journal().note(name, () -> "starts");
    call(() -> startEngine(begun));
  }

  /// A process that can't reach the ledger ends, and its supervisor starts another.
  private void startEngine(Engine begun) throws InterruptedException {
    try {
      begun.start();
      started = true;
      world.journal().note(name, () -> "has started as " + begun.incarnation());
    } catch (LedgerException away) {
      world.journal().note(name, () -> "can't start: " + away.getMessage());
      world.scheduler().sleep(START_AGAIN);
      Crew half = crew;
      start();
      half.kill();
    }
  }

  /// Calls something of this process.
  void call(SeededScheduler.Task task) {
    crew.newCaller(
            () -> {
              try {
                task.run();
              } catch (InterruptedException nobodyDoesThat) {
                throw new IllegalStateException(nobodyDoesThat);
              }
            })
        .start();
  }

  /// Ends it as `kill -9` does.
  void kill() {
    world.journal().note(name, () -> "IS KILLED");
    crew.kill();
  }

  /// Stops it as `SIGSTOP` does.
  void pause() {
    world.journal().note(name, () -> "IS PAUSED");
    crew.pause();
  }

  void resume() {
    world.journal().note(name, () -> "IS RESUMED");
    resumed.add(world.scheduler().nanos());
    crew.resume();
  }

  /// Whether it was resumed at that very moment: what its threads were about to do, they did then.
  boolean resumedAt(long nanos) {
    return resumed.contains(nanos);
  }

  /// Threads that were not at their end when it had shut down, at any time, without callers who
  /// only waited for an answer.
  int leftRunning() {
    return leftRunning;
  }

  /// Shuts it down, and then it is gone.
  void close() {
    closing = true;
    world.journal().note(name, () -> "shuts down");
    Engine ending = engine();
    Crew life = crew;
    call(() -> {
      ending.close();
      world.journal().note(name, () -> "has shut down");
      leftRunning += life.alive();
      life.kill();
    });
  }
}
