package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.EngineDependencies;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.simulation.scheduler.SeededScheduler;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One place in which an engine runs: started, paused, killed, closed, and started again.
public final class SimulatedNode {

  private static final Duration RESTART_DELAY = Duration.ofMillis(500);
  private static final EngineListener NO_LISTENER =
      new EngineListener() {
        @Override
        public void onEventsAccepted(List<Receipt> receipts) {}

        @Override
        public void onDeliveryRecorded(DeliveryRecorded finished) {}

        @Override
        public void onDeliveriesSkipped(DeliveriesSkipped deliveriesSkipped) {}
      };

  private final World world;
  private final String name;
  private final EngineSettings settings;
  private final SplittableRandom random;
  private final List<Long> resumedAtNanos = new ArrayList<>();
  private SimulatedProcess process;
  private @Nullable Engine engine;
  private boolean isStarted;
  private boolean isClosing;
  private int remainingThreads;
  private EngineListener listener = NO_LISTENER;

  SimulatedNode(World world, String name, EngineSettings settings, long seed) {
    this.world = world;
    this.name = name;
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.process = world.scheduler().newProcess(name);
  }

  public String name() {
    return name;
  }

  public SimulatedProcess process() {
    return process;
  }

  EngineSettings settings() {
    return settings;
  }

  /// The engine in it.
  public Engine engine() {
    if (engine == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return engine;
  }

  /// Whether it has started, and is neither dead nor closing.
  public boolean isServing() {
    return isStarted && !isClosing && !process.isDead();
  }

  /// Whether it has not started yet, and is about to.
  public boolean isStarting() {
    return isRunning() && !isStarted;
  }

  /// Whether it is up in any way, and be it stopped half way.
  public boolean isRunning() {
    return engine != null && !process.isDead();
  }

  /// Whom the engine tells what happens, from the next life on.
  public void setListener(EngineListener newListener) {
    listener = newListener;
  }

  /// Begins a life of this process, after any former one has ended.
  public void start() {
    process = world.scheduler().newProcess(name);
    isStarted = false;
    isClosing = false;
    SimulatedProcess currentProcess = process;
    Engine newEngine =
        new Engine(
            new EngineDependencies(
                new FaultyLedger(world.ledger(), world, currentProcess),
                new RecordingTransport(world, currentProcess),
                new SimulatedNodeClock(
                    world.scheduler(), random.nextLong(1L << 50), world.databaseClock().instant()),
                currentProcess,
                new SplittableRandom(random.nextLong())),
            settings,
            SimulatedEventTypes::find,
            listener);
    engine = newEngine;
    world.trace().add(name, () -> "starts");
    call(() -> startEngine(newEngine));
  }

  /// A process that can't reach the ledger ends, and its supervisor starts another.
  private void startEngine(Engine newEngine) throws InterruptedException {
    try {
      newEngine.start();
      isStarted = true;
      world.trace().add(name, () -> "has started as " + newEngine.incarnation());
    } catch (LedgerException exception) {
      world.trace().add(name, () -> "can't start: " + exception.getMessage());
      world.scheduler().sleep(RESTART_DELAY);
      SimulatedProcess failedProcess = process;
      start();
      failedProcess.kill();
    }
  }

  /// Calls something of this process.
  public void call(SeededScheduler.Task task) {
    process
        .newCallerThread(() -> {
          try {
            task.run();
          } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
          }
        })
        .start();
  }

  /// Ends it as `kill -9` does.
  public void kill() {
    world.trace().add(name, () -> "IS KILLED");
    process.kill();
  }

  /// Stops it as `SIGSTOP` does.
  public void pause() {
    world.trace().add(name, () -> "IS PAUSED");
    process.pause();
  }

  public void resume() {
    world.trace().add(name, () -> "IS RESUMED");
    resumedAtNanos.add(world.scheduler().nanoTime());
    process.resume();
  }

  /// Whether it was resumed at that very moment: what its threads were about to do, they did then.
  public boolean wasResumedAt(long nanos) {
    return resumedAtNanos.contains(nanos);
  }

  /// Threads that were not at their end when it had shut down, at any time, without callers who
  /// only waited for an answer.
  public int remainingThreads() {
    return remainingThreads;
  }

  /// Shuts it down, and then it is gone.
  public void close() {
    isClosing = true;
    world.trace().add(name, () -> "shuts down");
    Engine closingEngine = engine();
    SimulatedProcess currentProcess = process;
    call(() -> {
      closingEngine.close();
      world.trace().add(name, () -> "has shut down");
      remainingThreads += currentProcess.liveThreads();
      currentProcess.kill();
    });
  }
}
