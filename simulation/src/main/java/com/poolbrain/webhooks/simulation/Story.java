package com.poolbrain.webhooks.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What a seed makes happen, played and examined. The same seed is the same story, to the last
/// step.
///
/// ```
/// Story story = Story.of(4711);
/// if (!story.problems().isEmpty()) {
///   System.out.println(story.report());
/// }
/// ```
public final class Story {

  private final Plot plot;
  private final Stage stage;
  private final Problems problems = new Problems();

  private Story(long seed) {
    this.plot = Plot.of(seed);
    this.stage = new Stage(plot);
  }

  /// Plays the story of a seed. The calling thread must be a platform thread.
  public static Story of(long seed) {
    Story story = new Story(seed);
    story.play();
    return story;
  }

  private void play() {
    ErrorLog.take();
    try {
      stage.play();
      check();
    } catch (SimulationException stuck) {
      problems.add(stuck.getMessage() + (stuck.getCause() == null ? "" : ": " + stuck.getCause()));
    }
    ErrorLog.take().forEach(error -> problems.add("logged: " + error));
  }

  private void check() {
    Set<UUID> byHand = new HashSet<>();
    for (Handling handling : stage.handlings()) {
      if (handling.what() == Scene.Action.REDELIVER) {
        byHand.add(handling.subject());
      }
    }
    new PublishingChecks(stage, problems).check();
    new EventChecks(stage, problems).check();
    new SendingChecks(stage, problems, byHand).check();
    new LimitChecks(stage, problems, byHand).check();
    new WaitingChecks(stage, problems, byHand).check();
    DeliveryChecks deliveries = new DeliveryChecks(stage, problems, byHand);
    deliveries.check();
    deliveries.checkHandlings();
    stage.leftovers().forEach(problems::add);
  }

  public long seed() {
    return plot.seed();
  }

  /// What went wrong, in sentences; empty for a story that is as it should be.
  public List<String> problems() {
    return List.copyOf(problems.found());
  }

  /// A number that depends on every step of every thread.
  public long trace() {
    return stage.world().scheduler().trace();
  }

  /// How many steps the threads made.
  public long steps() {
    return stage.world().scheduler().steps();
  }

  /// The whole story, to be read: what went wrong, under which conditions, and what happened when.
  public String report() {
    return "Story %d:%n%s%n%n%s%n%s%nAgain: ./webhooks bench simulate --seed %d%n"
        .formatted(
            seed(),
            String.join("\n", problems.found()),
            plot.inWords(),
            stage.world().journal().timeline(),
            seed());
  }
}
