package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// What people ask for a single delivery, in every state that it can have.
final class ByHandTest extends OneByHand {

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
}
