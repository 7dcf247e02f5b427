package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.Trial;
import com.poolbrain.webhooks.simulation.Network.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Attempts that people ask for go past the lanes, and not past every limit.
final class BesideLanesTest extends OneByHand {

  @RepeatedTest(5)
  void a_paused_endpoint_may_be_tested_and_redelivered_to_and_a_deleted_one_not(
      RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(FAILS, WORKS);
      awaitStatus(DeliveryStatus.RETRYING);
      play.change(40, company -> Edits.paused(company, endpoint.id(), true));
      awaitStatus(DeliveryStatus.SKIPPED);
      assertThat(test()).isInstanceOf(Trial.Made.class);
      assertThat(redeliver()).isInstanceOf(Trial.Started.class);
      awaitStatus(DeliveryStatus.DELIVERED);

      play.change(40, company -> Edits.deleted(company, endpoint.id()));
      play.await("it is free", () -> delivery.owner() == null);
      assertThat(redeliver()).isEqualTo(new Trial.Forbidden(SkipReason.CANCELLED));
      assertThat(test()).isEqualTo(new Trial.Forbidden(SkipReason.CANCELLED));
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
    });
  }

  @RepeatedTest(5)
  void what_waits_in_its_lane_can_be_sent_by_hand(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(Consumers.ok(Duration.ofSeconds(8)), FAILS, WORKS);
      play.publish(node, 40, 2);
      play.await("both wait", () -> play.deliveries(endpoint).size() == 3);
      delivery = play.deliveries(endpoint).getLast();
      assertThat(redeliver()).isInstanceOf(Trial.Started.class);
      awaitAttempts(1);
      assertThat(play.received(endpoint)).hasSize(2);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.PENDING);
      assertThat(delivery.attempts().getFirst().attempt().trigger()).isEqualTo(Trigger.MANUAL);

      play.await("all arrive", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      assertThat(delivery.attempts()).hasSize(2);
      play.await("all is given back", () -> node.engine().pulse().unsettled() == 0);
      assertThat(node.engine().pulse().bytes()).isZero();
    });
  }

  @RepeatedTest(5)
  void a_test_is_sent_once_whatever_comes_of_it(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      node = play.node();
      endpoint = play.endpoint(40, _ -> FAILS);
      assertThat(test())
          .isInstanceOfSatisfying(
              Trial.Made.class,
              made -> {
                assertThat(made.finished().attempt().trigger()).isEqualTo(Trigger.TEST);
                assertThat(made.finished().settled().number()).isEqualTo(1);
              });
      play.pass(Duration.ofHours(1));
      assertThat(play.received(endpoint)).hasSize(1);
      assertThat(play.received(endpoint).getFirst().header("X-Webhook-Test")).isEqualTo("true");
      assertThat(play.onlyDelivery(endpoint).status()).isEqualTo(DeliveryStatus.PERMANENTLY_FAILED);
    });
  }

  @RepeatedTest(5)
  void only_a_few_attempts_run_beside_the_lanes(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      Reply[] reply = {WORKS};
      node = play.node();
      endpoint = play.endpoint(40, _ -> reply[0]);
      play.publish(node, 40, 10);
      play.await("all are published", () -> play.deliveries(endpoint).size() == 10);
      play.await("all arrive", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));
      reply[0] = Consumers.ok(Duration.ofSeconds(5));
      List<Trial> trials = new ArrayList<>();
      for (Delivery each : play.deliveries(endpoint)) {
        delivery = each;
        trials.add(redeliver());
      }
      assertThat(trials.subList(0, 4)).hasOnlyElementsOfType(Trial.Started.class);
      assertThat(trials.subList(4, 10)).hasOnlyElementsOfType(Trial.TooMany.class);
      assertThat(test()).isInstanceOf(Trial.TooMany.class);

      play.await("all are free", () -> play.world.ledger().unfinished() == 0);
      assertThat(play.received(endpoint)).hasSize(14);
      assertThat(redeliver()).isInstanceOf(Trial.Started.class);
    });
  }

  @RepeatedTest(5)
  void nobody_waits_for_ever_while_the_ledger_is_away(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      node = play.node(Play.settings(40, 1));
      endpoint = play.endpoint(40, _ -> Consumers.ok(Duration.ofSeconds(3)));
      play.publish(node, 40, 2);
      play.await("one is under way", () -> play.received(endpoint).size() == 1);
      delivery = play.deliveries(endpoint).getLast();
      Object[] tested = new Object[1];
      node.call(() -> tested[0] = attempt(this::testHere));
      play.await("a test is under way", () -> play.received(endpoint).size() == 2);

      play.world.weather().outage(true);
      assertThat(ask(() -> attempt(() -> node.engine().cancel(40, delivery.id()))))
          .isInstanceOf(LedgerException.InDoubt.class);
      play.await("it is given up", Duration.ofMinutes(1), () -> tested[0] != null);
      assertThat(tested[0]).isInstanceOf(LedgerException.InDoubt.class);

      play.world.weather().outage(false);
      awaitStatus(DeliveryStatus.SKIPPED);
      play.await("the test is on record", () -> play.world.ledger().unfinished() == 0);
    });
  }

  private Object testHere() throws InterruptedException {
    return node.engine().test(40, endpoint.id(), Types.STATUS, ConfigurationChanges.sample());
  }

  /// What is answered, or why nothing is.
  private static Object attempt(Callable<Object> question) {
    try {
      return question.call();
    } catch (Exception e) {
      return e;
    }
  }
}
