package com.poolbrain.webhooks.simulation.scenario;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One execution of a scenario: creates its world, applies its events, and waits until it is idle.
public final class SimulationRun {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /// Long, because on a small node all endpoints that are down together may fail only once a
  /// second, or hang one after the other.
  private static final Duration MAX_DRAIN_TIME = Duration.ofHours(2);

  private static final Duration MAX_SHUTDOWN_TIME = Duration.ofMinutes(1);
  private static final long MAX_STEPS = 3_000_000;

  private final Scenario scenario;
  private final SeededScheduler scheduler;
  private final World world;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final ConfigurationEditor configurationEditor;
  private final ClientActions clientActions;
  private final Set<StatsSample> statsSamples = new LinkedHashSet<>();

  /// The statistics of a node at some time.
  public record StatsSample(String node, EngineStats stats) {}

  public SimulationRun(Scenario scenario) {
    this.scenario = scenario;
    ScenarioParams params = scenario.params();
    // The names of the random sources are part of every seed.
    this.scheduler = new SeededScheduler(scenario.randomFor("scheduler"), MAX_STEPS);
    scheduler.setPreemptProbability(params.preemptProbability());
    this.world =
        new World(
            scenario.randomFor("world"),
            scheduler,
            new FaultInjector(
                scenario.randomFor("weather"),
                params.faultProbability(),
                params.maxLatencyNanos()));
    this.configurationEditor = new ConfigurationEditor(world);
    scenario.participants().companies().forEach(world.ledger()::configure);
    scenario.participants().behaviors().forEach(world.endpoints()::setResponder);
    for (int i = 0; i < params.nodeCount(); i++) {
      nodes.add(world.newNode("node" + i, params.engineSettings()));
    }
    this.clientActions = new ClientActions(world, nodes, scenario.participants());
  }

  public Scenario scenario() {
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

  /// Different statistics that nodes had after events and while the simulation became idle.
  public Set<StatsSample> statsSamples() {
    return statsSamples;
  }

  public void execute() {
    scheduler.run(() -> {
      nodes.forEach(SimulatedNode::start);
      for (ScenarioEvent event : scenario.events()) {
        long remainingNanos = event.at().toNanos() - scheduler.nanoTime();
        if (remainingNanos > 0) {
          scheduler.sleep(Duration.ofNanos(remainingNanos));
        }
        execute(event);
        sampleStats();
      }
      endFaults();
      awaitIdle();
      shutDownAll();
    });
  }

  private void execute(ScenarioEvent event) {
    switch (event) {
      case ScenarioEvent.Publish publish -> clientActions.publish(publish);
      case ScenarioEvent.ChangeConfig changeConfig -> configurationEditor.execute(changeConfig);
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
        world.trace("store", () -> "its clock jumps by " + offset);
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
    world.trace("store", () -> "IS UNAVAILABLE");
    world.faultInjector().setLossyOutage(true);
    world.runAfter(
        duration,
        () -> {
          world.trace("store", () -> "IS AVAILABLE");
          world.faultInjector().setLossyOutage(false);
        });
  }

  /// Ends every fault, so that the remaining work can be done.
  private void endFaults() {
    world.trace("run", () -> "all events are done");
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
    while (!busyReasons().isEmpty()) {
      if (scheduler.nanoTime() - startNanos > MAX_DRAIN_TIME.toNanos()) {
        throw new SimulationException("Not idle: " + busyReasons());
      }
      ensureOneNodeRuns();
      sampleStats();
      scheduler.sleep(POLL_INTERVAL);
    }
    world.trace("run", () -> "is idle");
  }

  private List<String> busyReasons() {
    List<String> reasons = new ArrayList<>();
    if (world.ledger().openDeliveryCount() > 0) {
      reasons.add(world.ledger().openDeliveryCount() + " deliveries are open");
    }
    if (world.pendingCommits() > 0) {
      reasons.add(world.pendingCommits() + " commits are pending");
    }
    reasons.addAll(clientActions.unansweredCalls());
    for (SimulatedNode node : nodes) {
      if (node.isRunning() && !node.process().isPaused()) {
        EngineStats stats = node.engine().stats();
        if (stats.waiting() + stats.queuedBytes() + stats.inFlight() + stats.unrecorded() > 0) {
          reasons.add(node.name() + " is busy: " + stats);
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
  }

  private void sampleStats() {
    for (SimulatedNode node : nodes) {
      if (node.isServing() && !node.process().isPaused()) {
        node.call(() -> statsSamples.add(new StatsSample(node.name(), node.engine().stats())));
      }
    }
  }
}
