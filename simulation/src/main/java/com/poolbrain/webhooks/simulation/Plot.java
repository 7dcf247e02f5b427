package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.Part;
import com.poolbrain.webhooks.engine.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// All that a seed decides about a story before it begins.
///
/// @param scenes in the order of their time
record Plot(long seed, Setting setting, Cast cast, List<Scene> scenes) {

  static Plot of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Setting setting = Setting.of(random);
    Cast cast = Cast.of(random, setting.length());
    List<Scene> scenes = new Writer(random, setting, cast).write();
    return new Plot(seed, setting, cast, scenes);
  }

  /// Makes up scenes.
  private static final class Writer {

    private final SplittableRandom random;
    private final Setting setting;
    private final Cast cast;
    private final Submissions submissions = new Submissions();
    private final List<Scene> scenes = new ArrayList<>();

    Writer(SplittableRandom random, Setting setting, Cast cast) {
      this.random = random;
      this.setting = setting;
      this.cast = cast;
    }

    List<Scene> write() {
      int publishes = random.nextInt(2, 13);
      for (int i = 0; i < publishes; i++) {
        publish();
      }
      Setting.Troubles troubles = setting.troubles();
      times(troubles.changes() ? 6 : 0, this::change);
      times(troubles.byHand() ? 6 : 0, this::byHand);
      times(troubles.nodes() ? 4 : 0, this::nodeTrouble);
      times(troubles.storms() ? 2 : 0, this::storm);
      times(troubles.jumps() ? 3 : 0, this::jump);
      scenes.sort(Comparator.comparing(Scene::at));
      return List.copyOf(scenes);
    }

    private void times(int most, Runnable scene) {
      int count = most == 0 ? 0 : random.nextInt(1, most + 1);
      for (int i = 0; i < count; i++) {
        scene.run();
      }
    }

    private void publish() {
      Duration at = moment();
      Submission submission = submission();
      scenes.add(new Scene.Publish(at, node(), submission));
      if (submission.repeatable() != null || submission.parts().getFirst().repeatable() != null) {
        for (int i = random.nextInt(3); i > 0; i--) {
          Duration again = random.nextBoolean() ? at : at.plusMillis(random.nextInt(3_000));
          scenes.add(new Scene.Publish(again, node(), submission));
        }
      }
    }

    private Submission submission() {
      if (random.nextInt(6) == 0) {
        return burst();
      }
      int count = random.nextInt(1, 4);
      String operation = random.nextInt(3) == 0 ? "op" + random.nextInt(2) : null;
      boolean wholeKey = random.nextInt(4) == 0;
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String key = random.nextInt(6) == 0 ? "k" + random.nextInt(4) : null;
        parts.add(submissions.part(company(), type(), random.nextInt(1, 4), operation, key));
      }
      return wholeKey
          ? Submissions.keyed(parts, "request-" + random.nextInt(6))
          : new Submission(parts, null);
    }

    private Submission burst() {
      Part part = submissions.part(company(), Types.JOB, random.nextInt(10, 60), null, null);
      return new Submission(List.of(part), null);
    }

    private void change() {
      Scene.Edit[] all = Scene.Edit.values();
      int company = random.nextInt(cast.companies().size());
      var what = all[random.nextInt(all.length)];
      scenes.add(new Scene.Change(moment(), company, what, pick()));
      if (random.nextInt(2) == 0 && what != Scene.Edit.DELETE) {
        scenes.add(new Scene.Change(moment(), company, what, pick()));
      }
    }

    private void byHand() {
      Scene.Action[] all = Scene.Action.values();
      Duration at = random.nextBoolean() ? moment() : moment().plus(setting.length());
      scenes.add(new Scene.ByHand(at, node(), all[random.nextInt(all.length)], pick()));
    }

    private void nodeTrouble() {
      Duration at = moment();
      int node = node();
      Duration down = Duration.ofMillis(random.nextInt(8_000));
      switch (random.nextInt(5)) {
        case 0 -> scenes.add(new Scene.Close(at, node));
        case 1, 2 -> scenes.add(new Scene.Pause(at, node, down));
        default -> scenes.add(new Scene.Kill(at, node, random.nextInt(300)));
      }
      if (random.nextInt(4) != 0) {
        scenes.add(new Scene.Start(at.plus(down), node));
      }
    }

    private void storm() {
      scenes.add(new Scene.Storm(moment(), Duration.ofMillis(random.nextInt(5_000))));
    }

    private void jump() {
      scenes.add(new Scene.Jump(moment(), Duration.ofMillis(random.nextInt(-6_000, 6_000))));
    }

    private Duration moment() {
      return Duration.ofNanos(random.nextLong(setting.length().toNanos()));
    }

    private int node() {
      return random.nextInt(setting.nodes());
    }

    private int pick() {
      return random.nextInt(1 << 20);
    }

    private long company() {
      return 40L + random.nextInt(cast.companies().size());
    }

    private EventType type() {
      return Types.ALL.get(random.nextInt(Types.ALL.size()));
    }
  }

  /// The plot in words, line by line.
  String inWords() {
    StringBuilder text = new StringBuilder();
    text.append(setting).append('\n');
    cast.companies()
        .forEach(company -> {
          text.append(company.company()).append('\n');
          company
              .endpoints()
              .forEach(endpoint ->
                  text.append(
                      "  endpoint %s %s %s %s%s%n"
                          .formatted(
                              Wording.shortly(endpoint.id()),
                              cast.tempers().get(endpoint.id()),
                              endpoint.names(),
                              endpoint.tuning(),
                              endpoint.paused() ? " paused" : "")));
        });
    return text.toString();
  }

  /// A source of chance for one part of the world, so that parts don't disturb each other.
  SplittableRandom randomFor(String part) {
    return new SplittableRandom(seed ^ part.hashCode() * 0x9E37_79B9_7F4A_7C15L);
  }
}
