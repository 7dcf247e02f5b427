package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.simulation.Weather.Fate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Nodes die, fall silent and come back, and the ledger loses answers; deliveries don't get lost.
final class TakeoverTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @RepeatedTest(5)
  void what_a_dead_node_owned_is_taken_over_after_its_lease(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess first = play.node();
      play.node();
      play.pass(Play.LEASE);
      Endpoint endpoint =
          play.endpoint(
              40, RetryTest.answers(Consumers.hang(), Consumers.ok(Duration.ofMillis(5))));
      play.publish(first, 40, 1);
      play.await("it is under way", () -> play.received(endpoint).size() == 1);
      first.kill();
      Duration killed = play.now();
      play.await("it is delivered", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));

      assertThat(play.now().minus(killed))
          .isBetween(Play.LEASE.minus(SECOND), Play.LEASE.plus(SECOND.multipliedBy(3)));
      List<Sent> sent = play.received(endpoint);
      assertThat(sent).extracting(Sent::delivery).containsOnly(sent.getFirst().delivery());
      assertThat(sent).extracting(one -> one.header("X-Webhook-Attempt")).containsExactly("1", "1");
      assertThat(sent.get(1).request().body()).isEqualTo(sent.get(0).request().body());
      assertThat(play.onlyDelivery(endpoint).attempts()).hasSize(1);
    });
  }

  @RepeatedTest(5)
  void a_late_success_of_a_node_that_was_given_up_counts(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      Endpoint endpoint = lateAnswer(play, Consumers.ok(SECOND));

      Delivery delivery = play.onlyDelivery(endpoint);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
      assertThat(delivery.attempts()).hasSize(2);
      assertThat(delivery.attempts().getLast().late()).isTrue();
    });
  }

  @RepeatedTest(5)
  void a_late_failure_of_a_node_that_was_given_up_changes_nothing(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      Endpoint endpoint = lateAnswer(play, Consumers.status(500, SECOND));

      Delivery delivery = play.onlyDelivery(endpoint);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.RETRYING);
      assertThat(delivery.attempts()).hasSize(2);
      assertThat(delivery.attempts().getLast().late()).isTrue();
      play.await(
          "it is given up",
          Duration.ofHours(1),
          () -> delivery.status() == DeliveryStatus.PERMANENTLY_FAILED);
      assertThat(delivery.attempts().stream().filter(attempt -> !attempt.late())).hasSize(4);
    });
  }

  /// The first node is stopped while an attempt runs, the second makes another one, and fails; then
  /// the first goes on.
  private static Endpoint lateAnswer(Play play, Network.Reply first) throws InterruptedException {
    NodeProcess zombie = play.node();
    play.node();
    play.pass(Play.LEASE);
    Endpoint endpoint =
        play.endpoint(40, RetryTest.answers(first, Consumers.status(500, Duration.ofMillis(5))));
    play.publish(zombie, 40, 1);
    play.await("it is under way", () -> play.received(endpoint).size() == 1);
    zombie.pause();
    play.await(
        "another node has tried",
        () -> play.onlyDelivery(endpoint).status() == DeliveryStatus.RETRYING);
    zombie.resume();
    play.await(
        "the late result is on record", () -> play.onlyDelivery(endpoint).attempts().size() == 2);
    return endpoint;
  }

  @RepeatedTest(5)
  void a_node_that_was_given_up_sends_nothing_of_what_it_owned(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess zombie = play.node(Play.settings(40, 1));
      play.node();
      play.pass(Play.LEASE);
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(100)));
      play.publish(zombie, 40, 30);
      play.await("it delivers", () -> play.received(endpoint).size() == 5);
      zombie.pause();
      play.await("the other finishes", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      int before = play.received(endpoint).size();
      zombie.resume();
      play.publish(zombie, 40, 1);
      play.await(
          "a new one arrives",
          () ->
              play.deliveries(endpoint).size() == 31
                  && play.allAre(endpoint, DeliveryStatus.DELIVERED));

      assertThat(play.received(endpoint)).hasSize(before + 1);
    });
  }

  @RepeatedTest(5)
  void a_node_that_was_given_up_obeys_what_was_changed_meanwhile(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess zombie = play.node();
      play.node();
      play.pass(Play.LEASE);
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(SECOND));
      zombie.pause();
      play.pass(Play.LEASE.multipliedBy(2));
      play.world
          .ledger()
          .configure(Edits.toggled(Objects.requireNonNull(zombie.engine().company(40)), false));
      zombie.resume();
      play.publish(zombie, 40, 1);
      play.await("it is recorded", () -> play.deliveries(endpoint).size() == 1);

      assertThat(play.onlyDelivery(endpoint).status()).isEqualTo(DeliveryStatus.SKIPPED);
      assertThat(play.received(endpoint)).isEmpty();
    });
  }

  @RepeatedTest(10)
  void two_nodes_never_do_the_same_while_both_live(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess one = play.node(Play.settings(4, 2));
      NodeProcess two = play.node(Play.settings(4, 2));
      Endpoint endpoint =
          play.endpoint(
              40,
              sent ->
                  sent.header("X-Webhook-Attempt").equals("3")
                      ? Consumers.ok(Duration.ofMillis(7))
                      : Consumers.status(500, Duration.ofMillis(7)));
      play.publish(one, 40, 60);
      play.publish(two, 40, 60);
      play.await(
          "all are delivered",
          Duration.ofHours(1),
          () ->
              play.deliveries(endpoint).size() == 120
                  && play.allAre(endpoint, DeliveryStatus.DELIVERED));

      assertThat(play.received(endpoint)).hasSize(360);
      assertThat(
              new HashSet<>(play.received(endpoint).stream().map(TakeoverTest::attempt).toList()))
          .hasSize(360);
    });
  }

  private record Try(UUID delivery, String number) {}

  private static Try attempt(Sent sent) {
    return new Try(sent.delivery(), sent.header("X-Webhook-Attempt"));
  }

  @RepeatedTest(5)
  void a_publisher_hears_that_the_commit_is_in_doubt_and_what_was_stored_is_delivered(
      RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(5)));
      for (Fate fate : List.of(Fate.LOST_BEFORE, Fate.LOST_AFTER, Fate.LOST_AND_LATE)) {
        int stored = play.deliveries(endpoint).size();
        play.world.weather().next("store", fate);
        Publication answer = play.publish(node, 40, 3);
        play.await("it is answered", answer::answered);
        assertThat(answer.failure()).isInstanceOf(LedgerException.InDoubt.class);
        play.pass(Play.LEASE);
        assertThat(play.deliveries(endpoint))
            .hasSize(fate == Fate.LOST_AFTER ? stored + 3 : stored);
        play.await("it is delivered", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      }
      assertThat(play.received(endpoint)).hasSize(3);
    });
  }

  @RepeatedTest(5)
  void claims_whose_answer_is_lost_are_delivered_all_the_same(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint =
          play.endpoint(
              40,
              RetryTest.answers(
                  Consumers.status(500, Duration.ofMillis(5)), Consumers.ok(Duration.ofMillis(5))));
      play.publish(node, 40, 1);
      play.await("it waits for its retry", () -> play.received(endpoint).size() == 1);
      play.world.weather().next("claim", Fate.LOST_AFTER);
      play.await(
          "it is delivered",
          Duration.ofMinutes(7),
          () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));

      assertThat(play.received(endpoint)).hasSize(2);
    });
  }

  @RepeatedTest(5)
  void while_the_ledger_is_away_publishers_hear_so_and_results_wait(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(SECOND));
      play.publish(node, 40, 2);
      play.await("they are under way", () -> play.received(endpoint).size() == 2);
      play.world.weather().outage(true);
      Publication answer = play.publish(node, 40, 1);
      play.await("it is answered", answer::answered);
      assertThat(answer.failure()).isInstanceOf(LedgerException.Away.class);
      play.pass(Play.LEASE.minus(SECOND));
      play.world.weather().outage(false);
      play.await("both are on record", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      assertThat(play.received(endpoint)).hasSize(2);

      play.publish(node, 40, 1);
      play.await("work goes on", () -> play.received(endpoint).size() == 3);
    });
  }

  @RepeatedTest(5)
  void a_node_that_was_cut_off_for_longer_than_its_lease_works_on(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node(Play.settings(40, 1));
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(SECOND));
      play.publish(node, 40, 6);
      play.await("the first is under way", () -> play.received(endpoint).size() == 1);
      play.world.weather().outage(true);
      play.pass(Play.LEASE.multipliedBy(3));
      play.world.weather().outage(false);
      play.await("all are delivered", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      assertThat(play.received(endpoint)).hasSize(6);
    });
  }
}
