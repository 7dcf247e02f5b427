package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.simulation.Network.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// What customers switch off ends what is pending, with its reason, and no attempt begins after
/// that.
@SuppressWarnings("NullAway.Init") // every test begins with them
final class SwitchTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Reply FAILS = Consumers.status(500, Duration.ofMillis(5));
  private static final Reply WORKS = Consumers.ok(Duration.ofMillis(5));

  private Play play;
  private NodeProcess node;
  private Endpoint endpoint;

  /// Three deliveries wait for their retry, one is under way, and twenty wait for their first
  /// attempt, when the change is made.
  private void pendingThen(UnaryOperator<Subscriptions> change) throws InterruptedException {
    node = play.node(Play.settings(40, 1));
    endpoint =
        play.endpoint(
            40, RetryTest.answers(FAILS, FAILS, FAILS, Consumers.status(500, SECOND), WORKS));
    play.publish(node, 40, 24);
    play.await("the fourth is under way", () -> play.received(endpoint).size() == 4);
    play.world.ledger().configure(change.apply(company()));
    play.pass(SECOND);
  }

  private Subscriptions company() {
    return Objects.requireNonNull(node.engine().company(40));
  }

  private void assertAllSkipped(SkipReason reason) throws InterruptedException {
    play.await("all have ended", () -> play.allAre(endpoint, DeliveryStatus.SKIPPED));
    assertThat(play.deliveries(endpoint)).hasSize(24);
    assertThat(play.deliveries(endpoint))
        .allSatisfy(delivery -> assertThat(reasonOf(delivery)).isEqualTo(reason));
    assertThat(play.received(endpoint)).hasSize(4);
  }

  private static @Nullable SkipReason reasonOf(Delivery delivery) {
    return Objects.requireNonNull(delivery.ending()).reason();
  }

  private void assertNewOnesArrive() throws InterruptedException {
    int before = play.received(endpoint).size();
    play.publish(node, 40, 1);
    play.await("a new one arrives", () -> play.received(endpoint).size() == before + 1);
    assertThat(play.received(endpoint).getLast().delivery())
        .isEqualTo(play.deliveries(endpoint).getLast().id());
  }

  @RepeatedTest(5)
  void switching_webhooks_off_skips_all_and_on_again_delivers_what_is_new(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      pendingThen(company -> Edits.toggled(company, false));
      assertAllSkipped(SkipReason.WEBHOOKS_OFF);

      play.publish(node, 40, 1);
      play.await("it is recorded", () -> play.deliveries(endpoint).size() == 25);
      assertThat(reasonOf(play.deliveries(endpoint).getLast())).isEqualTo(SkipReason.WEBHOOKS_OFF);
      play.configure(Edits.toggled(company(), true));
      assertNewOnesArrive();
    });
  }

  @RepeatedTest(5)
  void pausing_skips_all_and_going_on_delivers_what_is_new(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      pendingThen(company -> Edits.paused(company, endpoint.id(), true));
      assertAllSkipped(SkipReason.ENDPOINT_PAUSED);

      play.configure(Edits.paused(company(), endpoint.id(), false));
      assertNewOnesArrive();
    });
  }

  @RepeatedTest(5)
  void unticking_skips_all_and_ticking_delivers_what_is_new(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      pendingThen(company -> Edits.ticked(company, endpoint.id(), List.of("job.one_time.created")));
      assertAllSkipped(SkipReason.UNSUBSCRIBED);

      play.configure(Edits.ticked(company(), endpoint.id(), List.of(Play.TYPE.name())));
      assertNewOnesArrive();
    });
  }

  @RepeatedTest(5)
  void another_name_of_the_same_type_keeps_all(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      pendingThen(
          company -> Edits.ticked(company, endpoint.id(), List.of("customer.status.changed")));
      play.await(
          "all are delivered",
          Duration.ofMinutes(10),
          () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      assertThat(play.received(endpoint)).hasSize(28);
    });
  }

  @RepeatedTest(5)
  void deleting_cancels_all(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      pendingThen(company -> Edits.deleted(company, endpoint.id()));
      assertAllSkipped(SkipReason.CANCELLED);

      play.await("it is accepted", play.publish(node, 40, 1)::answered);
      assertThat(play.deliveries(endpoint)).hasSize(24);
    });
  }

  @RepeatedTest(5)
  void where_several_reasons_hold_the_first_is_recorded(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      pendingThen(company ->
          Edits.toggled(
              Edits.paused(Edits.ticked(company, endpoint.id(), List.of()), endpoint.id(), true),
              false));
      assertAllSkipped(SkipReason.WEBHOOKS_OFF);
    });
  }

  @RepeatedTest(5)
  void a_node_that_can_not_reach_the_ledger_stops_within_a_second(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      node = play.node(Play.settings(40, 4));
      endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofMillis(50)));
      play.publish(node, 40, 200);
      play.await("it delivers", () -> play.received(endpoint).size() > 20);
      play.world.weather().storm(true);
      Duration away = play.now();
      play.pass(Duration.ofSeconds(4));
      Duration back = play.now();
      play.world.weather().storm(false);
      play.await(
          "all are delivered",
          Duration.ofMinutes(2),
          () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));

      assertThat(play.received(endpoint))
          .noneMatch(sent -> sent.at() > away.plus(SECOND).toNanos() && sent.at() < back.toNanos());
    });
  }

  /// One has arrived, and nine wait for a rate that lets through one in a minute.
  private void givenThrottled() throws InterruptedException {
    node = play.node();
    endpoint = play.endpoint(40, _ -> WORKS);
    play.change(40, company -> Edits.limited(company, endpoint.id(), 1 / 60d));
    play.publish(node, 40, 10);
    play.await("one arrives", () -> play.received(endpoint).size() == 1);
    play.pass(SECOND);
    assertThat(play.received(endpoint)).hasSize(1);
  }

  @RepeatedTest(5)
  void what_waits_for_its_rate_ends_at_once_when_it_is_paused(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      givenThrottled();
      play.change(40, company -> Edits.paused(company, endpoint.id(), true));
      play.await("all have ended", SECOND, () -> play.world.ledger().unfinished() == 0);
      assertThat(play.received(endpoint)).hasSize(1);
    });
  }

  @RepeatedTest(5)
  void a_rate_that_is_raised_counts_for_what_waits_already(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      givenThrottled();
      play.change(40, company -> Edits.limited(company, endpoint.id(), 100));
      play.await("all arrive", SECOND, () -> play.received(endpoint).size() == 10);
    });
  }
}
