package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.Trial;
import com.poolbrain.webhooks.simulation.Network.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// What people ask for a single delivery, in every state that it can have.
@SuppressWarnings("NullAway.Init") // every test begins with them
final class ByHandTest {

  private static final Duration QUICK = Duration.ofMillis(5);
  private static final Reply FAILS = Consumers.status(500, QUICK);
  private static final Reply WORKS = Consumers.ok(QUICK);

  private Play play;
  private NodeProcess node;
  private Endpoint endpoint;
  private Delivery delivery;

  /// One delivery, whose attempts are answered so.
  private void given(Reply... replies) throws InterruptedException {
    node = play.node(Play.settings(40, 1));
    endpoint = play.endpoint(40, RetryTest.answers(replies));
    play.publish(node, 40, 1);
    play.await("it is tried", () -> play.received(endpoint).size() == 1);
    delivery = play.onlyDelivery(endpoint);
  }

  private void awaitStatus(DeliveryStatus status) throws InterruptedException {
    play.await("it is " + status, Duration.ofHours(1), () -> delivery.status() == status);
  }

  private void awaitAttempts(int count) throws InterruptedException {
    play.await("attempt " + count + " is on record", () -> delivery.attempts().size() == count);
  }

  /// Asks on a thread of the node, and waits for the answer.
  private <T> T ask(Callable<T> question) throws InterruptedException {
    Object[] answer = new Object[1];
    node.call(() -> {
      try {
        answer[0] = question.call();
      } catch (Exception e) {
        answer[0] = e;
      }
    });
    play.await("it is answered", () -> answer[0] != null);
    @SuppressWarnings("unchecked") // or it fails where it is used
    T given = (T) answer[0];
    return given;
  }

  private Trial redeliver() throws InterruptedException {
    return ask(() -> node.engine().redeliver(40, delivery.id()));
  }

  private Cancelling cancel() throws InterruptedException {
    return ask(() -> node.engine().cancel(40, delivery.id()));
  }

  private Trial test() throws InterruptedException {
    return ask(
        () -> node.engine().test(40, endpoint.id(), Types.STATUS, ConfigurationChanges.sample()));
  }

  @RepeatedTest(5)
  void redelivering_what_is_delivered_sends_the_same_again(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(WORKS, FAILS, WORKS);
      awaitStatus(DeliveryStatus.DELIVERED);
      assertThat(redeliver()).isInstanceOf(Trial.Started.class);
      awaitAttempts(2);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
      assertThat(redeliver()).isInstanceOf(Trial.Started.class);
      awaitAttempts(3);

      assertThat(delivery.attempts())
          .extracting(recorded -> recorded.attempt().trigger())
          .containsExactly(Trigger.AUTOMATIC, Trigger.MANUAL, Trigger.MANUAL);
      assertThat(play.received(endpoint))
          .extracting(sent -> sent.header("X-Webhook-Attempt"))
          .containsExactly("1", "2", "3");
      assertThat(play.received(endpoint))
          .allSatisfy(sent ->
              assertThat(sent.request().body())
                  .isEqualTo(play.received(endpoint).getFirst().request().body()));
    });
  }

  @RepeatedTest(5)
  void a_redelivery_that_fails_leaves_the_schedule_as_it_was(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(FAILS);
      awaitStatus(DeliveryStatus.RETRYING);
      Instant due = delivery.dueAt();
      assertThat(redeliver()).isInstanceOf(Trial.Started.class);
      awaitAttempts(2);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.RETRYING);
      assertThat(delivery.dueAt()).isEqualTo(due);

      awaitStatus(DeliveryStatus.PERMANENTLY_FAILED);
      assertThat(delivery.attempts()).hasSize(5);
    });
  }

  @RepeatedTest(5)
  void a_redelivery_that_succeeds_ends_the_schedule(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(FAILS, WORKS);
      awaitStatus(DeliveryStatus.RETRYING);
      redeliver();
      awaitStatus(DeliveryStatus.DELIVERED);
      play.pass(Duration.ofMinutes(10));
      assertThat(play.received(endpoint)).hasSize(2);
    });
  }

  @RepeatedTest(5)
  void redelivering_is_refused_while_an_attempt_runs_or_webhooks_are_off(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(Consumers.status(500, Duration.ofSeconds(2)), FAILS);
      assertThat(redeliver()).isInstanceOf(Trial.Busy.class);
      assertThat(cancel()).isEqualTo(Cancelling.BUSY);
      play.change(40, company -> Edits.toggled(company, false));
      awaitStatus(DeliveryStatus.SKIPPED);
      assertThat(redeliver()).isEqualTo(new Trial.Forbidden(SkipReason.WEBHOOKS_OFF));
      assertThat(test()).isEqualTo(new Trial.Forbidden(SkipReason.WEBHOOKS_OFF));
      play.change(40, company -> Edits.toggled(company, true));
      play.await("it is free", () -> delivery.owner() == null);
      assertThat(redeliver()).isInstanceOf(Trial.Started.class);
      awaitStatus(DeliveryStatus.PERMANENTLY_FAILED);
    });
  }

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
  void cancelling_ends_what_waits_for_its_retry_or_in_its_lane(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(FAILS, Consumers.ok(Duration.ofSeconds(5)));
      awaitStatus(DeliveryStatus.RETRYING);
      assertThat(cancel()).isEqualTo(Cancelling.CANCELLED);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.SKIPPED);
      assertThat(cancel()).isEqualTo(Cancelling.ENDED);

      play.publish(node, 40, 3);
      play.await("one is under way", () -> play.received(endpoint).size() == 2);
      delivery = play.deliveries(endpoint).getLast();
      assertThat(cancel()).isEqualTo(Cancelling.CANCELLED);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.SKIPPED);
      play.await("the others end", () -> play.world.ledger().unfinished() == 0);
      assertThat(play.received(endpoint)).hasSize(3);
    });
  }

  @RepeatedTest(5)
  void nobody_reaches_the_deliveries_of_another_company(RepetitionInfo seed) {
    play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      given(FAILS);
      awaitStatus(DeliveryStatus.RETRYING);
      UUID id = delivery.id();
      assertThat(ask(() -> node.engine().redeliver(41, id))).isInstanceOf(Trial.Unknown.class);
      assertThat(ask(() -> node.engine().cancel(41, id))).isEqualTo(Cancelling.UNKNOWN);
      assertThat(
              ask(() ->
                  node.engine()
                      .test(41, endpoint.id(), Types.STATUS, ConfigurationChanges.sample())))
          .isInstanceOf(Trial.Unknown.class);
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
