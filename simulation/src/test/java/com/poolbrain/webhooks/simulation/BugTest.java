package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Skipped;
import com.poolbrain.webhooks.engine.Watch;
import com.poolbrain.webhooks.simulation.Weather.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// What goes wrong in a way that nobody foresaw costs what it touched, and the node goes on.
final class BugTest {

  private static final Duration QUICK = Duration.ofMillis(5);

  @AfterEach
  void it_is_in_the_log() {
    assertThat(ErrorLog.take()).isNotEmpty();
  }

  @RepeatedTest(5)
  void a_bug_in_storing_is_told_to_its_publisher_and_the_next_is_accepted(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(QUICK));
      play.world.weather().next("store", Fate.BUG);
      Publication first = play.publish(node, 40, 1);
      play.await("the first is answered", first::answered);
      assertThat(first.failure()).isInstanceOf(IllegalStateException.class);

      play.world.weather().next("remembered", Fate.BUG);
      Publication second =
          play.publish(node, Submissions.keyed(play.submission(40, 1).parts(), "import 17"));
      play.await("the second is answered", second::answered);
      assertThat(second.failure()).isInstanceOf(StackOverflowError.class);

      Publication third = play.publish(node, 40, 1);
      play.await("the third is answered", third::answered);
      assertThat(third.acceptance()).isInstanceOf(Acceptance.Accepted.class);
      play.await("it arrives", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      assertThat(play.received(endpoint)).hasSize(1);
      play.await("all is given back", () -> node.engine().pulse().bytes() == 0);
    });
  }

  @RepeatedTest(5)
  void a_bug_in_settling_costs_a_batch_nothing(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(QUICK));
      play.world.weather().next("settle", Fate.BUG);
      play.publish(node, 40, 20);
      play.await("all are delivered", () -> delivered(play, endpoint) == 20);
      play.await("none is on its way", () -> node.engine().pulse().unsettled() == 0);
      assertThat(play.received(endpoint)).hasSize(20);
    });
  }

  @RepeatedTest(5)
  void an_attempt_that_can_not_be_recorded_still_ends_its_delivery(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(QUICK));
      play.world.weather().next("settle", Fate.REFUSED);
      play.publish(node, 40, 1);
      play.await("it is delivered", () -> delivered(play, endpoint) == 1);
      assertThat(play.received(endpoint)).hasSize(1);
      assertThat(play.onlyDelivery(endpoint).attempts()).isEmpty();
    });
  }

  @RepeatedTest(5)
  void a_failure_that_can_not_be_recorded_is_retried_as_planned(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint =
          play.endpoint(40, RetryTest.answers(Consumers.status(500, QUICK), Consumers.ok(QUICK)));
      play.world.weather().next("settle", Fate.REFUSED);
      play.publish(node, 40, 1);
      play.await("it was tried", () -> play.received(endpoint).size() == 1);
      play.await("it is free", () -> play.onlyDelivery(endpoint).owner() == null);
      Duration free = play.now();
      play.await("it is delivered", Duration.ofMinutes(6), () -> delivered(play, endpoint) == 1);
      assertThat(play.now().minus(free)).isGreaterThan(Duration.ofMinutes(4));
      assertThat(play.received(endpoint)).hasSize(2);
    });
  }

  @RepeatedTest(5)
  void a_watch_that_throws_hides_nothing_from_publishers_and_results(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.watched(new Broken());
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(QUICK));
      List<Publication> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(play.publish(node, 40, 1));
      }
      play.await("all are answered", () -> answers.stream().allMatch(Publication::answered));
      assertThat(answers)
          .extracting(Publication::acceptance)
          .hasOnlyElementsOfType(Acceptance.Accepted.class);
      play.await("all are delivered", () -> delivered(play, endpoint) == 10);
      play.await("none is on its way", () -> node.engine().pulse().unsettled() == 0);
    });
  }

  private static long delivered(Play play, Endpoint endpoint) {
    return play.deliveries(endpoint).stream()
        .filter(delivery -> delivery.status() == DeliveryStatus.DELIVERED)
        .count();
  }

  private static final class Broken implements Watch {
    @Override
    public void accepted(List<Receipt> receipts) {
      throw new IllegalStateException("simulated");
    }

    @Override
    public void attempted(AttemptFinished finished) {
      throw new StackOverflowError("simulated");
    }

    @Override
    public void skipped(Skipped skipped) {
      throw new IllegalStateException("simulated");
    }
  }
}
