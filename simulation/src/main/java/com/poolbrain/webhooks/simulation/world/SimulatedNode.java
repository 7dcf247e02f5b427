package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.EngineDependencies;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.simulation.scheduler.SeededScheduler;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A node of the service: one engine at a time, in a process that is started, paused, killed, shut
/// down and restarted.
public final class SimulatedNode {

  private static final Duration RESTART_DELAY = Duration.ofMillis(500);
  private static final EngineListener NO_LISTENER =
      new EngineListener() {
        @Override
        public void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped) {}

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

  /// The engine that was started last.
  public Engine engine() {
    if (engine == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return engine;
  }

  /// Whether the engine has started, and is neither dead nor shutting down.
  public boolean isServing() {
    return isStarted && !isClosing && !process.isDead();
  }

  /// Whether the engine is starting.
  public boolean isStarting() {
    return isRunning() && !isStarted;
  }

  /// Whether there is a process, also one that is paused, starting or shutting down.
  public boolean isRunning() {
    return engine != null && !process.isDead();
  }

  /// Sets the listener of the engines that are started from now on.
  public void setListener(EngineListener newListener) {
    listener = newListener;
  }

  /// Starts a new process with a new engine.
  public void start() {
    process = world.scheduler().newProcess(name);
    isStarted = false;
    isClosing = false;
    SimulatedProcess currentProcess = process;
    Engine newEngine =
        new Engine(
            new EngineDependencies(
                new FaultyLedger(world, currentProcess),
                new RecordingTransport(world, currentProcess),
                new SimulatedNodeClock(
                    world.scheduler(), random.nextLong(1L << 50), world.databaseClock().instant()),
                currentProcess,
                currentProcess,
                new SplittableRandom(random.nextLong())),
            settings,
            SimulatedEventTypes::find,
            listener);
    engine = newEngine;
    world.trace(name, () -> "starts");
    call(() -> startEngine(newEngine));
  }

  /// Restarts the process if it cannot reach the ledger, like a supervisor.
  private void startEngine(Engine newEngine) throws InterruptedException {
    try {
      newEngine.start();
      isStarted = true;
      world.trace(name, () -> "has started as " + newEngine.incarnation());
    } catch (LedgerException exception) {
      world.trace(name, () -> "cannot start: " + exception.getMessage());
      world.scheduler().sleep(RESTART_DELAY);
      SimulatedProcess failedProcess = process;
      start();
      failedProcess.kill();
    }
  }

  /// Runs a client's call on a thread of the node.
  public void call(SeededScheduler.Task task) {
    process.startCaller(task);
  }

  /// Stops the process for ever, like `kill -9`.
  public void kill() {
    world.trace(name, () -> "IS KILLED");
    process.kill();
  }

  /// Stops the process until [#resume], like `SIGSTOP`.
  public void pause() {
    world.trace(name, () -> "IS PAUSED");
    process.pause();
  }

  public void resume() {
    world.trace(name, () -> "IS RESUMED");
    resumedAtNanos.add(world.scheduler().nanoTime());
    process.resume();
  }

  /// Whether the process was resumed at exactly that time. Its threads then did what they had
  /// decided before the pause.
  public boolean wasResumedAt(long nanos) {
    return resumedAtNanos.contains(nanos);
  }

  /// The number of threads that still ran after a shutdown, over all shutdowns of this node.
  public int remainingThreads() {
    return remainingThreads;
  }

  /// Shuts the engine down and then ends the process.
  public void close() {
    isClosing = true;
    world.trace(name, () -> "shuts down");
    Engine closingEngine = engine();
    SimulatedProcess currentProcess = process;
    call(() -> {
      closingEngine.close();
      world.trace(name, () -> "has shut down");
      remainingThreads += currentProcess.liveThreads();
      currentProcess.kill();
    });
  }
}
