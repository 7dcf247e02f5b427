package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Plays a plot: makes its world, lets its scenes happen, and waits until all is quiet.
final class Stage {

  private static final Duration GLANCE = Duration.ofMillis(500);

  /// Long: all endpoints that are down may fail once a second together where a node is small, or
  /// hang one after the other.
  private static final Duration QUIET_WITHIN = Duration.ofHours(2);

  private static final Duration CLOSED_WITHIN = Duration.ofMinutes(1);
  private static final long STEPS = 3_000_000;

  /// So many people act by hand at a time, at most.
  private static final int HAND = 12;

  private final Plot plot;
  private final SeededScheduler scheduler;
  private final World world;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final ConfigurationChanges changes;
  private final Callers callers;
  private final List<String> leftovers = new ArrayList<>();

  Stage(Plot plot) {
    this.plot = plot;
    Setting setting = plot.setting();
    this.scheduler = new SeededScheduler(plot.randomFor("scheduler"), STEPS);
    scheduler.unrest(setting.unrest());
    this.world =
        new World(
            plot.randomFor("world"),
            scheduler,
            new Weather(plot.randomFor("weather"), setting.badLuck(), setting.slowest()));
    this.changes = new ConfigurationChanges(world);
    plot.cast().companies().forEach(changes::make);
    plot.cast().tempers().forEach(world.consumers()::behave);
    for (int i = 0; i < setting.nodes(); i++) {
      nodes.add(world.node("node" + i, setting.engine()));
    }
    this.callers = new Callers(world, nodes, changes, plot.cast());
  }

  Plot plot() {
    return plot;
  }

  World world() {
    return world;
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  List<Publication> publications() {
    return callers.publications();
  }

  List<Handling> handlings() {
    return callers.handlings();
  }

  ConfigurationChanges changes() {
    return changes;
  }

  /// What nodes held that they should not.
  List<String> leftovers() {
    return leftovers;
  }

  void play() {
    scheduler.run(() -> {
      nodes.forEach(NodeProcess::start);
      for (Scene scene : plot.scenes()) {
        long left = scene.at().toNanos() - scheduler.nanos();
        if (left > 0) {
          scheduler.sleep(Duration.ofNanos(left));
        }
        play(scene);
        checkMemory();
      }
      clearUp();
      awaitQuiet();
      closeAll();
    });
  }

  private void play(Scene scene) {
    switch (scene) {
      case Scene.Publish publish -> callers.publish(publish);
      case Scene.Change change -> changes.play(change);
      case Scene.ByHand byHand -> callers.byHand(byHand);
      case Scene.Kill(_, int node, int steps) -> {
        NodeProcess victim = nodes.get(node);
        Crew life = victim.crew();
        scheduler.afterSteps(
            steps,
            () -> {
              if (victim.up() && victim.crew() == life && !life.paused()) {
                victim.kill();
              }
            });
      }
      case Scene.Pause(_, int node, Duration lasting) -> pause(nodes.get(node), lasting);
      case Scene.Close(_, int node) -> {
        if (nodes.get(node).serves() && !nodes.get(node).crew().paused()) {
          nodes.get(node).close();
        }
      }
      case Scene.Start(_, int node) -> {
        if (!nodes.get(node).up()) {
          nodes.get(node).start();
        }
      }
      case Scene.Storm(_, Duration lasting) -> storm(lasting);
      case Scene.Jump(_, Duration by) -> {
        world.journal().note("store", () -> "its clock is moved by " + by);
        world.storeClock().jump(by);
      }
    }
  }

  private void pause(NodeProcess node, Duration lasting) {
    Crew life = node.crew();
    if (node.up() && !life.paused()) {
      node.pause();
      world.after(
          lasting,
          () -> {
            if (node.crew() == life && life.paused()) {
              node.resume();
            }
          });
    }
  }

  private void storm(Duration lasting) {
    world.journal().note("store", () -> "IS AWAY");
    world.weather().storm(true);
    world.after(
        lasting,
        () -> {
          world.journal().note("store", () -> "IS BACK");
          world.weather().storm(false);
        });
  }

  /// Whatever went wrong goes right from now on, and somebody is there to finish the work.
  private void clearUp() {
    world.journal().note("story", () -> "all scenes are played");
    world.weather().calmDown();
    scheduler.cancelAppointments();
    for (NodeProcess node : nodes) {
      if (node.crew().paused()) {
        node.resume();
      }
    }
  }

  private void keepSomebodyUp() {
    if (nodes.stream().noneMatch(NodeProcess::up)) {
      nodes.getFirst().start();
    }
  }

  private void awaitQuiet() throws InterruptedException {
    long from = scheduler.nanos();
    while (!quiet()) {
      if (scheduler.nanos() - from > QUIET_WITHIN.toNanos()) {
        throw new SimulationException("It does not become quiet: " + unquiet());
      }
      keepSomebodyUp();
      checkMemory();
      scheduler.sleep(GLANCE);
    }
    world.journal().note("story", () -> "all is quiet");
  }

  private boolean quiet() {
    return unquiet().isEmpty();
  }

  private List<String> unquiet() {
    List<String> why = new ArrayList<>();
    if (world.ledger().unfinished() > 0) {
      why.add(world.ledger().unfinished() + " deliveries are open");
    }
    if (world.commitsToCome() > 0) {
      why.add(world.commitsToCome() + " commits are to come");
    }
    why.addAll(callers.unanswered());
    for (NodeProcess node : nodes) {
      if (node.up() && !node.crew().paused()) {
        Pulse pulse = node.engine().pulse();
        if (pulse.waiting() + pulse.bytes() + pulse.inFlight() + pulse.unsettled() > 0) {
          why.add(node.name() + " is busy: " + pulse);
        }
      }
    }
    return why;
  }

  private void closeAll() throws InterruptedException {
    world.await(
        "every node has started",
        CLOSED_WITHIN,
        () -> nodes.stream().noneMatch(NodeProcess::starting));
    nodes.stream().filter(NodeProcess::serves).forEach(NodeProcess::close);
    world.await(
        "every node has shut down", CLOSED_WITHIN, () -> nodes.stream().noneMatch(NodeProcess::up));
    for (NodeProcess node : nodes) {
      if (node.leftRunning() > 0) {
        leftovers.add(node.name() + " shut down, and " + node.leftRunning() + " threads went on");
      }
    }
  }

  /// No node holds more than its memory is meant for: twice what a lane takes, because claims may
  /// arrive while places are given to new deliveries.
  private void checkMemory() {
    for (NodeProcess node : nodes) {
      if (node.serves() && !node.crew().paused()) {
        node.call(() -> checkMemory(node, node.engine().pulse()));
      }
    }
  }

  private void checkMemory(NodeProcess node, Pulse pulse) {
    EngineSettings engine = plot.setting().engine();
    int mostWaiting = plot.cast().tempers().size() * 2 * Math.max(2, engine.maxInFlight() * 5);
    int mostUnsettled = engine.maxInFlight() * 4 + HAND;
    if (pulse.waiting() > mostWaiting || pulse.unsettled() > mostUnsettled) {
      leftovers.add(node.name() + " holds too much: " + pulse);
    }
  }
}
