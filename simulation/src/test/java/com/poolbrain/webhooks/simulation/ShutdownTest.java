package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.Trial;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// A node that shuts down records what is under way and frees the rest.
final class ShutdownTest {

  private static final Duration BETWEEN_MOMENTS = Duration.ofNanos(200_000);

  @RepeatedTest(5)
  void what_is_under_way_is_recorded_and_the_rest_is_free_at_once(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess ending = play.node(Play.settings(40, 2));
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofSeconds(3)));
      play.publish(ending, 40, 10);
      play.await("two are under way", () -> play.received(endpoint).size() == 2);
      ending.close();
      play.await("it has shut down", () -> !ending.up());

      assertThat(play.received(endpoint)).hasSize(2);
      assertThat(play.deliveries(endpoint))
          .filteredOn(delivery -> delivery.status() == DeliveryStatus.DELIVERED)
          .hasSize(2);
      assertThat(play.deliveries(endpoint)).allMatch(delivery -> delivery.owner() == null);
      assertThat(ending.leftRunning()).isZero();

      play.node();
      play.await("all are delivered", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      assertThat(play.received(endpoint)).hasSize(10);
    });
  }

  @RepeatedTest(5)
  void it_does_not_wait_for_ever(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess ending =
          play.node(
              new EngineSettings(
                  Play.LEASE, RetrySchedule.PROMISED, Duration.ofSeconds(30), 10, 10));
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.hang());
      play.publish(ending, 40, 3);
      play.await("it hangs", () -> play.received(endpoint).size() == 2);
      Duration before = play.now();
      ending.close();
      play.await("it has shut down", () -> !ending.up());

      assertThat(play.now().minus(before)).isLessThan(Duration.ofSeconds(15));
      assertThat(play.deliveries(endpoint))
          .allMatch(delivery -> delivery.owner() == null && delivery.attempts().isEmpty());
      assertThat(ending.leftRunning()).isZero();
    });
  }

  @RepeatedTest(5)
  void publishers_are_answered_to_the_last(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess ending = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(5)));
      Publication before = play.publish(ending, 40, 1);
      play.await("it is accepted", before::answered);
      Publication during = play.publish(ending, 40, 1);
      ending.close();
      Publication after = play.publish(ending, 40, 1);
      play.await("all are answered", () -> during.answered() && after.answered());

      assertThat(before.acceptance()).isInstanceOf(Acceptance.Accepted.class);
      int stored = play.deliveries(endpoint).size();
      for (Publication answer : List.of(during, after)) {
        if (answer.failure() != null) {
          assertThat(answer.failure()).isInstanceOf(LedgerException.Away.class);
          stored++;
        }
      }
      assertThat(stored).isEqualTo(3);
    });
  }

  @RepeatedTest(20)
  void a_test_that_is_asked_for_meanwhile_is_made_or_refused(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess ending = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(5)));
      ending.call(() -> test(ending, endpoint));
      play.pass(BETWEEN_MOMENTS.multipliedBy(seed.getCurrentRepetition()));
      ending.close();
      play.await("it has shut down", () -> !ending.up());

      assertThat(ending.leftRunning()).isZero();
      assertThat(play.deliveries(endpoint)).hasSameSizeAs(play.received(endpoint));
      assertThat(play.world.ledger().unfinished()).isZero();
    });
  }

  @RepeatedTest(5)
  void it_ends_even_if_the_ledger_is_away(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess ending = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofSeconds(1)));
      play.publish(ending, 40, 5);
      play.await("they are under way", () -> play.received(endpoint).size() >= 2);
      play.world.weather().outage(true);
      ending.close();
      play.await("it has shut down", () -> !ending.up());
      play.world.weather().outage(false);

      play.node();
      play.await("all are delivered", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      assertThat(play.deliveries(endpoint)).hasSize(5);
    });
  }

  @RepeatedTest(5)
  void closing_twice_is_fine(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess ending = play.node();
      boolean[] closed = new boolean[2];
      for (int i = 0; i < 2; i++) {
        int which = i;
        ending.call(() -> {
          ending.engine().close();
          closed[which] = true;
        });
      }
      play.await("both have returned", () -> closed[0] && closed[1]);
    });
  }

  /// Whether it was made.
  private static boolean test(NodeProcess node, Endpoint endpoint) throws InterruptedException {
    try {
      var trial =
          node.engine().test(40, endpoint.id(), Types.STATUS, ConfigurationChanges.sample());
      return trial instanceof Trial.Made;
    } catch (LedgerException.Away _) {
      return false;
    }
  }
}
