package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.simulation.log.LoggedErrors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Plays many stories. `-Dsimulation.seeds=4711` plays one, `-Dsimulation.seeds=1-100000` many.
final class StoriesTest {

  private static final String SEEDS = System.getProperty("simulation.seeds", "1-2000");

  @TestFactory
  Stream<DynamicTest> every_story_ends_well() {
    String[] range = SEEDS.split("-", 2);
    long first = Long.parseLong(range[0]);
    long last = Long.parseLong(range[range.length - 1]);
    return LongStream.rangeClosed(first, last)
        .mapToObj(seed -> DynamicTest.dynamicTest("story " + seed, () -> play(seed)));
  }

  private static void play(long seed) {
    Story story = Story.of(seed);

    assertThat(story.problems()).withFailMessage(story::report).isEmpty();
    assertThat(LoggedErrors.take()).withFailMessage(story::report).isEmpty();
  }
}
