package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.EngineStats;
import com.poolbrain.webhooks.simulation.scheduler.SeededScheduler;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import com.poolbrain.webhooks.simulation.scheduler.SimulationException;
import com.poolbrain.webhooks.simulation.world.FaultInjector;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import com.poolbrain.webhooks.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Plays a plot: makes its world, lets its scenes happen, and waits until all is quiet.
public final class SimulationRun {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /// Long: all endpoints that are down may fail once a second together where a node is small, or
  /// hang one after the other.
  private static final Duration MAX_DRAIN_TIME = Duration.ofHours(2);

  private static final Duration MAX_SHUTDOWN_TIME = Duration.ofMinutes(1);
  private static final long MAX_STEPS = 3_000_000;

  /// So many people act by hand at a time, at most.
  private static final int MAX_MANUAL_ATTEMPTS = 12;

  private final Scenario scenario;
  private final SeededScheduler scheduler;
  private final World world;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final ConfigurationChanges configurationChanges;
  private final ClientActions clientActions;
  private final List<String> resourceViolations = new ArrayList<>();

  public SimulationRun(Scenario scenario) {
    this.scenario = scenario;
    ScenarioParams params = scenario.params();
    this.scheduler = new SeededScheduler(scenario.randomFor("scheduler"), MAX_STEPS);
    scheduler.preemptProbability(params.preemptProbability());
    this.world =
        new World(
            scenario.randomFor("world"),
            scheduler,
            new FaultInjector(
                scenario.randomFor("weather"),
                params.faultProbability(),
                params.maxLatencyNanos()));
    this.configurationChanges = new ConfigurationChanges(world);
    scenario.participants().companies().forEach(configurationChanges::apply);
    scenario.participants().behaviors().forEach(world.endpoints()::setResponder);
    for (int i = 0; i < params.nodeCount(); i++) {
      nodes.add(world.newNode("node" + i, params.engineSettings()));
    }
    this.clientActions =
        new ClientActions(world, nodes, configurationChanges, scenario.participants());
  }

  public Scenario plot() {
    return scenario;
  }

  public World world() {
    return world;
  }

  public List<SimulatedNode> nodes() {
    return nodes;
  }

  public List<PublishCall> publishCalls() {
    return clientActions.publishCalls();
  }

  public List<ManualCall> manualCalls() {
    return clientActions.manualCalls();
  }

  public ConfigurationChanges configurationChanges() {
    return configurationChanges;
  }

  /// What nodes held that they should not.
  public List<String> resourceViolations() {
    return resourceViolations;
  }

  public void execute() {
    scheduler.run(() -> {
      nodes.forEach(SimulatedNode::start);
      for (ScenarioEvent scenarioEvent : scenario.events()) {
        long remainingNanos = scenarioEvent.at().toNanos() - scheduler.nanoTime();
        if (remainingNanos > 0) {
          scheduler.sleep(Duration.ofNanos(remainingNanos));
        }
        execute(scenarioEvent);
        checkMemory();
      }
      endFaults();
      awaitIdle();
      shutDownAll();
    });
  }

  private void execute(ScenarioEvent scenarioEvent) {
    switch (scenarioEvent) {
      case ScenarioEvent.Publish publish -> clientActions.publish(publish);
      case ScenarioEvent.ChangeConfig changeConfig -> configurationChanges.execute(changeConfig);
      case ScenarioEvent.CallManually callManually -> clientActions.callManually(callManually);
      case ScenarioEvent.KillNode(_, int node, int afterSteps) -> {
        SimulatedNode target = nodes.get(node);
        SimulatedProcess process = target.process();
        scheduler.runAfterSteps(
            afterSteps,
            () -> {
              if (target.isRunning() && target.process() == process && !process.isPaused()) {
                target.kill();
              }
            });
      }
      case ScenarioEvent.PauseNode(_, int node, Duration duration) ->
          pauseFor(nodes.get(node), duration);
      case ScenarioEvent.ShutDownNode(_, int node) -> {
        if (nodes.get(node).isServing() && !nodes.get(node).process().isPaused()) {
          nodes.get(node).close();
        }
      }
      case ScenarioEvent.StartNode(_, int node) -> {
        if (!nodes.get(node).isRunning()) {
          nodes.get(node).start();
        }
      }
      case ScenarioEvent.LedgerOutage(_, Duration duration) -> startLedgerOutage(duration);
      case ScenarioEvent.JumpClock(_, Duration offset) -> {
        world.trace().add("store", () -> "its clock is moved by " + offset);
        world.databaseClock().jump(offset);
      }
    }
  }

  private void pauseFor(SimulatedNode node, Duration duration) {
    SimulatedProcess process = node.process();
    if (node.isRunning() && !process.isPaused()) {
      node.pause();
      world.runAfter(
          duration,
          () -> {
            if (node.process() == process && process.isPaused()) {
              node.resume();
            }
          });
    }
  }

  private void startLedgerOutage(Duration duration) {
    world.trace().add("store", () -> "IS AWAY");
    world.faultInjector().lossyOutage(true);
    world.runAfter(
        duration,
        () -> {
          world.trace().add("store", () -> "IS BACK");
          world.faultInjector().lossyOutage(false);
        });
  }

  /// Whatever went wrong goes right from now on, and somebody is there to finish the work.
  private void endFaults() {
    world.trace().add("story", () -> "all scenes are played");
    world.faultInjector().stopFaults();
    scheduler.cancelScheduledTasks();
    for (SimulatedNode node : nodes) {
      if (node.process().isPaused()) {
        node.resume();
      }
    }
  }

  private void ensureOneNodeRuns() {
    if (nodes.stream().noneMatch(SimulatedNode::isRunning)) {
      nodes.getFirst().start();
    }
  }

  private void awaitIdle() throws InterruptedException {
    long startNanos = scheduler.nanoTime();
    while (!isIdle()) {
      if (scheduler.nanoTime() - startNanos > MAX_DRAIN_TIME.toNanos()) {
        throw new SimulationException("It does not become quiet: " + busyReasons());
      }
      ensureOneNodeRuns();
      checkMemory();
      scheduler.sleep(POLL_INTERVAL);
    }
    world.trace().add("story", () -> "all is quiet");
  }

  private boolean isIdle() {
    return busyReasons().isEmpty();
  }

  private List<String> busyReasons() {
    List<String> reasons = new ArrayList<>();
    if (world.ledger().openDeliveryCount() > 0) {
      reasons.add(world.ledger().openDeliveryCount() + " deliveries are open");
    }
    if (world.pendingCommits() > 0) {
      reasons.add(world.pendingCommits() + " commits are to come");
    }
    reasons.addAll(clientActions.unansweredCalls());
    for (SimulatedNode node : nodes) {
      if (node.isRunning() && !node.process().isPaused()) {
        EngineStats engineStats = node.engine().stats();
        if (engineStats.waiting()
                + engineStats.queuedBytes()
                + engineStats.inFlight()
                + engineStats.unrecorded()
            > 0) {
          reasons.add(node.name() + " is busy: " + engineStats);
        }
      }
    }
    return reasons;
  }

  private void shutDownAll() throws InterruptedException {
    world.await(
        "every node has started",
        MAX_SHUTDOWN_TIME,
        () -> nodes.stream().noneMatch(SimulatedNode::isStarting));
    nodes.stream().filter(SimulatedNode::isServing).forEach(SimulatedNode::close);
    world.await(
        "every node has shut down",
        MAX_SHUTDOWN_TIME,
        () -> nodes.stream().noneMatch(SimulatedNode::isRunning));
    for (SimulatedNode node : nodes) {
      if (node.remainingThreads() > 0) {
        resourceViolations.add(
            node.name() + " shut down, and " + node.remainingThreads() + " threads went on");
      }
    }
  }

  /// No node holds more than its memory is meant for: twice what a lane takes, because claims may
  /// arrive while places are given to new deliveries.
  private void checkMemory() {
    for (SimulatedNode node : nodes) {
      if (node.isServing() && !node.process().isPaused()) {
        node.call(() -> checkMemory(node, node.engine().stats()));
      }
    }
  }

  private void checkMemory(SimulatedNode node, EngineStats engineStats) {
    EngineSettings settings = scenario.params().engineSettings();
    int maxWaiting =
        scenario.participants().behaviors().size() * 2 * Math.max(2, settings.maxInFlight() * 5);
    int maxUnrecorded = settings.maxInFlight() * 4 + MAX_MANUAL_ATTEMPTS;
    if (engineStats.waiting() > maxWaiting || engineStats.unrecorded() > maxUnrecorded) {
      resourceViolations.add(node.name() + " holds too much: " + engineStats);
    }
  }
}
