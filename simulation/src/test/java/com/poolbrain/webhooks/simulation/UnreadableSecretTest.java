package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Trial;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// One endpoint whose secrets can't be read does not harm the others, and loses nothing.
final class UnreadableSecretTest {

  private static final Duration QUICK = Duration.ofMillis(5);

  @RepeatedTest(5)
  void its_deliveries_wait_until_they_can_be_signed(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      Endpoint broken = play.endpoint(40, _ -> Consumers.ok(QUICK));
      Endpoint sound = play.endpoint(40, _ -> Consumers.ok(QUICK));
      play.change(40, company -> with(company, broken, Secrets.UNREADABLE));
      NodeProcess node = play.node();
      play.publish(node, 40, 5);
      play.await("the others arrive", () -> play.received(sound).size() == 5);
      Trial[] test = new Trial[1];
      node.call(() ->
          test[0] =
              node.engine().test(40, broken.id(), Types.STATUS, ConfigurationChanges.sample()));
      play.await("a test is answered", () -> test[0] != null);
      assertThat(test[0]).isInstanceOf(Trial.Unsigned.class);
      play.pass(Duration.ofMinutes(10));
      assertThat(play.received(broken)).isEmpty();
      assertThat(play.deliveries(broken))
          .hasSize(5)
          .allMatch(delivery -> delivery.owner() == null && delivery.open());

      play.change(40, company -> with(company, broken, broken.secrets()));
      play.await("all arrive", () -> play.allAre(broken, DeliveryStatus.DELIVERED));
      assertThat(play.received(broken)).hasSize(5);
    });
  }

  @RepeatedTest(5)
  void a_node_that_knew_them_goes_on_with_those_and_obeys_all_else(RepetitionInfo seed) {
    Play play = new Play(seed.getCurrentRepetition());
    play.run(() -> {
      NodeProcess node = play.node();
      Endpoint endpoint = play.endpoint(40, _ -> Consumers.ok(QUICK));
      Subscriptions company = Objects.requireNonNull(node.engine().company(40));
      Subscriptions unreadable = with(company, endpoint, Secrets.UNREADABLE);
      play.world.ledger().configure(Edits.moved(unreadable, endpoint.id(), "2"));
      play.pass(Duration.ofSeconds(1));
      play.publish(node, 40, 1);
      play.await("it arrives", () -> play.received(endpoint).size() == 1);
      assertThat(play.received(endpoint).getFirst().request().url())
          .isEqualTo(Consumers.url(endpoint.id(), "2"));
      play.await("it is on record", () -> play.allAre(endpoint, DeliveryStatus.DELIVERED));

      play.world.ledger().configure(Edits.paused(unreadable, endpoint.id(), true));
      play.pass(Duration.ofSeconds(1));
      play.publish(node, 40, 1);
      play.await("it is skipped", () -> play.deliveries(endpoint).size() == 2);
      assertThat(play.deliveries(endpoint).getLast().status()).isEqualTo(DeliveryStatus.SKIPPED);
    });
  }

  private static Subscriptions with(Subscriptions company, Endpoint endpoint, Secrets secrets) {
    return new Subscriptions(
        company.company(),
        company.endpoints().stream()
            .map(each -> each.id().equals(endpoint.id()) ? each.with(secrets) : each)
            .toList());
  }
}
