package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.simulation.Consumers.Consumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Failed deliveries are tried again when the guide says so, and not more often.
final class RetryTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration A_LITTLE = Duration.ofSeconds(2);

  @RepeatedTest(5)
  void a_failing_delivery_is_tried_after_5_10_and_30_minutes_and_then_given_up(
      RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.status(500, Duration.ofSeconds(3)));
      play.publish(node, 40, 1);
      play.await(
          "it is given up",
          MINUTE.multipliedBy(60),
          () ->
              play.received(endpoint).size() > 3
                  && play.allAre(endpoint, DeliveryStatus.PERMANENTLY_FAILED));

      assertThat(play.received(endpoint)).hasSize(4);
      assertWait(waits(play, endpoint).get(0), MINUTE.multipliedBy(5));
      assertWait(waits(play, endpoint).get(1), MINUTE.multipliedBy(10));
      assertWait(waits(play, endpoint).get(2), MINUTE.multipliedBy(30));
      assertThat(play.received(endpoint))
          .extracting(sent -> sent.header("X-Webhook-Attempt"))
          .containsExactly("1", "2", "3", "4");
      assertThat(play.received(endpoint))
          .allSatisfy(sent ->
              assertThat(sent.request().body())
                  .isEqualTo(play.received(endpoint).getFirst().request().body()));
    });
  }

  @RepeatedTest(5)
  void retry_after_moves_an_attempt_later_to_at_most_twice_its_delay(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint =
          play.endpoint(
              40,
              answers(
                  Consumers.later(429, MINUTE.multipliedBy(8), Duration.ZERO),
                  Consumers.later(503, Duration.ofHours(3), Duration.ZERO),
                  Consumers.later(503, MINUTE, Duration.ZERO),
                  Consumers.ok(Duration.ZERO)));
      play.publish(node, 40, 1);
      play.await(
          "it is delivered",
          MINUTE.multipliedBy(90),
          () ->
              play.received(endpoint).size() == 4
                  && play.allAre(endpoint, DeliveryStatus.DELIVERED));

      List<Duration> waits = waits(play, endpoint);
      assertThat(waits.get(0))
          .isBetween(MINUTE.multipliedBy(8), MINUTE.multipliedBy(8).plus(A_LITTLE));
      assertThat(waits.get(1))
          .isBetween(MINUTE.multipliedBy(20), MINUTE.multipliedBy(20).plus(A_LITTLE));
      assertWait(waits.get(2), MINUTE.multipliedBy(30));
    });
  }

  @RepeatedTest(5)
  void a_retry_goes_to_the_url_of_then_with_the_same_bytes(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint =
          play.endpoint(40, answers(Consumers.reset(Duration.ZERO), Consumers.ok(Duration.ZERO)));
      play.publish(node, 40, 1);
      play.await("it fails", () -> play.received(endpoint).size() == 1);
      play.change(40, company -> Edits.moved(company, endpoint.id(), "elsewhere"));
      play.await(
          "it is delivered",
          MINUTE.multipliedBy(10),
          () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));

      List<Sent> received = play.received(endpoint);
      assertThat(received).hasSize(2);
      assertThat(received.get(1).request().url())
          .isEqualTo(Consumers.url(endpoint.id(), "elsewhere"));
      assertThat(received.get(1).request().body()).isEqualTo(received.get(0).request().body());
    });
  }

  /// One after the other, and the last one from then on.
  static Consumer answers(Network.Reply... replies) {
    int[] next = {0};
    return _ -> replies[Math.min(next[0]++, replies.length - 1)];
  }

  private static List<Duration> waits(Play play, Endpoint endpoint) {
    List<Sent> sent = play.received(endpoint);
    List<Duration> waits = new ArrayList<>();
    for (int i = 1; i < sent.size(); i++) {
      waits.add(Duration.ofNanos(sent.get(i).at() - sent.get(i - 1).ended()));
    }
    return waits;
  }

  private static void assertWait(Duration wait, Duration planned) {
    Duration jitter = planned.dividedBy(10);
    assertThat(wait).isBetween(planned, planned.plus(jitter).plus(A_LITTLE));
  }
}
