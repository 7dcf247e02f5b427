package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// An endpoint that was down for long gets its backlog step by step, not all at once. While it is
/// down it is tried once a second, which is what a node of this size may fail; what waits meanwhile
/// keeps all its attempts.
final class RecoveryTest {

  private static final Duration GOOD = Duration.ofMinutes(1);
  private static final Duration DOWN = Duration.ofMinutes(5);
  private static final int WIDEST = 16;

  @RepeatedTest(3)
  void the_backlog_of_an_endpoint_that_recovered_drains_without_a_herd(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node(Play.settings(40, WIDEST));
      Endpoint endpoint =
          play.endpoint(
              40,
              sent ->
                  sent.at() >= GOOD.toNanos() && sent.at() < DOWN.toNanos()
                      ? Consumers.refused()
                      : Consumers.ok(Duration.ofSeconds(1)));
      play.publish(node, 40, 100);
      play.await("it is at its full width", GOOD, () -> play.received(endpoint).size() == 100);
      play.pass(GOOD);
      play.publish(node, 40, 600);
      int failing = (int) DOWN.minus(play.now()).toSeconds();
      play.await(
          "all are delivered",
          Duration.ofMinutes(20),
          () ->
              play.deliveries(endpoint).size() == 700
                  && play.allAre(endpoint, DeliveryStatus.DELIVERED));

      List<Sent> received = play.received(endpoint);
      int most = 0;
      for (Sent sent : received) {
        if (sent.at() >= DOWN.toNanos()) {
          long successes =
              received.stream()
                  .filter(one -> one.outcome() instanceof Outcome.Delivered)
                  .filter(one -> one.at() >= DOWN.toNanos() && one.ended() <= sent.at())
                  .count();
          long allowed = Math.min(WIDEST, 2L << Math.min(successes, 10));
          int running = running(received, sent);
          assertThat(running).isLessThanOrEqualTo((int) allowed);
          most = Math.max(most, running);
        }
      }
      assertThat(most).isEqualTo(WIDEST);
      List<Sent> delivered =
          received.stream().filter(one -> one.outcome() instanceof Outcome.Delivered).toList();
      assertThat(delivered).hasSize(700);
      assertThat(received.size() - delivered.size())
          .as("one a second, and at first as many as its width was")
          .isBetween(1 + failing, WIDEST + 10 + failing);
    });
  }

  private static int running(List<Sent> received, Sent sent) {
    return (int)
        received.stream()
            .filter(other -> other.at() <= sent.at() && other.ended() > sent.at())
            .count();
  }
}
