package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Neighbours don't notice each other.
final class FairnessTest {

  private static final Duration QUICK = Duration.ofMillis(5);

  @RepeatedTest(3)
  void ten_thousand_events_of_one_company_do_not_delay_another(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node(Play.settings(20, 16));
      Endpoint busy = play.endpoint(40, _ -> Consumers.ok(QUICK));
      Endpoint other = play.endpoint(41, _ -> Consumers.ok(QUICK));
      play.publish(node, 40, 10_000);
      play.await("the many begin", () -> play.received(busy).size() > 50);
      Duration before = play.now();
      play.publish(node, 41, 1);
      play.await("the other has its own", () -> play.received(other).size() == 1);

      assertThat(play.now().minus(before)).isLessThan(Duration.ofMillis(60));
      play.await(
          "all are delivered",
          Duration.ofMinutes(5),
          () -> play.allAre(busy, DeliveryStatus.DELIVERED));
      assertThat(play.received(busy)).hasSize(10_000);
    });
  }

  @RepeatedTest(5)
  void an_endpoint_that_hangs_gets_two_at_a_time_after_five_failures(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node(Play.settings(40, 16));
      Endpoint hanging = play.endpoint(40, _ -> Consumers.hang());
      play.publish(node, 40, 30);
      play.await(
          "it has failed often", Duration.ofMinutes(3), () -> ended(play.received(hanging)) >= 5);
      long from = play.now().toNanos();
      play.await("all are tried", Duration.ofMinutes(5), () -> play.received(hanging).size() >= 30);

      assertThat(mostAtATime(play.received(hanging), from)).isEqualTo(2);
    });
  }

  @RepeatedTest(5)
  void all_that_hang_have_a_quarter_together_and_others_the_rest(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node(Play.settings(16, 8));
      List<Endpoint> hanging = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        hanging.add(play.endpoint(40 + i, _ -> Consumers.hang()));
        play.publish(node, 40 + i, 14);
      }
      play.await(
          "all have failed often",
          Duration.ofMinutes(5),
          () -> hanging.stream().allMatch(e -> ended(play.received(e)) >= 6));
      Endpoint good = play.endpoint(50, _ -> Consumers.ok(QUICK));
      long from = play.now().toNanos();
      play.publish(node, 50, 100);
      play.await("the good one has all", () -> play.received(good).size() == 100);

      assertThat(play.now().toNanos() - from).isLessThan(Duration.ofSeconds(1).toNanos());
      play.await(
          "all are tried",
          Duration.ofMinutes(10),
          () -> hanging.stream().allMatch(e -> play.received(e).size() >= 14));
      List<Sent> slow =
          hanging.stream().flatMap(endpoint -> play.received(endpoint).stream()).toList();
      assertThat(mostAtATime(slow, from)).isLessThanOrEqualTo(4);
    });
  }

  @RepeatedTest(5)
  void no_endpoint_that_hangs_waits_for_ever_behind_others_that_do(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node(Play.settings(4, 1)); // one attempt for all that hang
      List<Endpoint> hanging = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        hanging.add(play.endpoint(40 + i % 2, _ -> Consumers.reset(Duration.ofSeconds(1))));
      }
      play.publish(node, 40, 12);
      play.publish(node, 41, 12);
      play.await(
          "all have failed often",
          Duration.ofMinutes(2),
          () -> hanging.stream().allMatch(e -> ended(play.received(e)) >= 5));
      int[] before = counts(play, hanging);
      play.pass(Duration.ofSeconds(12));
      int[] after = counts(play, hanging);

      for (int i = 0; i < before.length; i++) {
        assertThat(after[i] - before[i]).isBetween(2, 4);
      }
    });
  }

  @RepeatedTest(5)
  void what_finds_no_room_in_memory_comes_back_in_order_and_nothing_is_lost(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      EngineSettings small =
          new EngineSettings(Play.LEASE, RetrySchedule.PROMISED, Play.TIMEOUT, 4, 1);
      NodeProcess node = play.node(small); // 20 claims in a lane
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(20)));
      for (int i = 0; i < 20; i++) {
        play.publish(node, 40, 15);
        play.pass(Duration.ofMillis(100));
      }
      play.await(
          "all are delivered",
          Duration.ofMinutes(2),
          () ->
              play.deliveries(endpoint).size() == 300
                  && play.allAre(endpoint, DeliveryStatus.DELIVERED));

      List<UUID> made = play.deliveries(endpoint).stream().map(Delivery::id).toList();
      assertThat(play.received(endpoint))
          .extracting(Sent::delivery)
          .containsExactlyElementsOf(made);
      assertThat(node.engine().pulse().bytes()).isZero();
    });
  }

  @RepeatedTest(5)
  void memory_is_bounded_and_those_who_fill_it_leave_room_for_others(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node(Play.settings(40, 2)); // 12.5 MiB in lanes
      long most = 0;
      for (int i = 0; i < 12; i++) {
        play.endpoint(40 + i, _ -> Consumers.hang());
        for (int n = 0; n < 20; n++) {
          play.publish(node, play.large(40 + i, 200_000));
        }
        play.pass(Duration.ofSeconds(1));
        most = Math.max(most, node.engine().pulse().bytes());
      }
      Endpoint good = play.endpoint(80, _ -> Consumers.ok(QUICK));
      Duration before = play.now();
      play.publish(node, play.large(80, 200_000));
      play.await("the good one has its own", () -> play.received(good).size() == 1);

      assertThat(play.now().minus(before)).isLessThan(Duration.ofMillis(100));
      for (int i = 0; i < 40; i++) {
        play.pass(Duration.ofSeconds(1));
        most = Math.max(most, node.engine().pulse().bytes());
      }
      assertThat(most).isBetween(4L << 20, 13L << 20);
    });
  }

  private static int[] counts(Play play, List<Endpoint> endpoints) {
    return endpoints.stream().mapToInt(e -> play.received(e).size()).toArray();
  }

  private static long ended(List<Sent> sent) {
    return sent.stream().filter(one -> one.outcome() != null).count();
  }

  /// How many of those that began after a moment ran at a time.
  private static int mostAtATime(List<Sent> sent, long from) {
    int most = 0;
    for (Sent one : sent) {
      if (one.at() > from) {
        int running =
            (int)
                sent.stream()
                    .filter(other -> other.at() <= one.at() && other.ended() > one.at())
                    .count();
        most = Math.max(most, running);
      }
    }
    return most;
  }
}
