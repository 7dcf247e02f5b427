package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork.Reply;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/// A configuration change that blocks deliveries ends the pending ones with its reason, and no
/// attempt starts after it.
@SuppressWarnings("NullAway.Init") // every test sets them first
final class ConfigurationChangeTest extends SimulationFixture {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Reply FAILURE = SimulatedEndpoints.status(500, Duration.ofMillis(5));
  private static final Reply SUCCESS = SimulatedEndpoints.ok(Duration.ofMillis(5));

  private SimulatedNode node;
  private Endpoint endpoint;

  /// Makes the change while three deliveries wait for their retry, one is in flight, and twenty
  /// wait for their first attempt.
  private void changeWhilePending(UnaryOperator<CompanyConfig> change) throws InterruptedException {
    node = simulation.startNode(ScriptedSimulation.settings(40, 1));
    endpoint =
        simulation.addEndpoint(
            40,
            RetryTest.replyInOrder(
                FAILURE, FAILURE, FAILURE, SimulatedEndpoints.status(500, SECOND), SUCCESS));
    simulation.publish(node, 40, 24);
    simulation.awaitRequests(endpoint, 4);
    simulation.world.ledger().configure(change.apply(currentConfig()));
    simulation.advance(SECOND);
  }

  private CompanyConfig withRateLimit(CompanyConfig company, double ratePerSecond) {
    return company.withEndpoint(
        endpoint.id(),
        e ->
            e.withDeliveryOptions(
                new Endpoint.DeliveryOptions(null, null, ratePerSecond, false, false)));
  }

  private CompanyConfig currentConfig() {
    return Objects.requireNonNull(node.engine().companyConfig(40));
  }

  private void assertAllSkipped(SkipReason reason) throws InterruptedException {
    simulation.await(
        "all deliveries have ended",
        () -> simulation.allHaveStatus(endpoint, DeliveryStatus.SKIPPED));
    assertThat(simulation.deliveries(endpoint)).hasSize(24);
    assertThat(simulation.deliveries(endpoint))
        .allSatisfy(delivery -> assertThat(skipReasonOf(delivery)).isEqualTo(reason));
    assertThat(simulation.requests(endpoint)).hasSize(4);
  }

  private static @Nullable SkipReason skipReasonOf(SimulatedDelivery delivery) {
    return Objects.requireNonNull(delivery.end()).skipReason();
  }

  private void assertNewEventsAreDelivered() throws InterruptedException {
    int before = simulation.requests(endpoint).size();
    simulation.publish(node, 40, 1);
    simulation.awaitRequests(endpoint, before + 1);
    assertThat(simulation.requests(endpoint).getLast().deliveryId())
        .isEqualTo(simulation.deliveries(endpoint).getLast().id());
  }

  @RepeatedTest(5)
  void disabling_webhooks_skips_pending_deliveries_and_enabling_delivers_new_events() {
    simulation.run(() -> {
      changeWhilePending(company -> company.withWebhooksEnabled(false));
      assertAllSkipped(SkipReason.WEBHOOKS_OFF);

      simulation.publish(node, 40, 1);
      simulation.await(
          "the delivery is stored", () -> simulation.deliveries(endpoint).size() == 25);
      assertThat(skipReasonOf(simulation.deliveries(endpoint).getLast()))
          .isEqualTo(SkipReason.WEBHOOKS_OFF);
      simulation.applyConfig(currentConfig().withWebhooksEnabled(true));
      assertNewEventsAreDelivered();
    });
  }

  @RepeatedTest(5)
  void pausing_an_endpoint_skips_pending_deliveries_and_resuming_delivers_new_events() {
    simulation.run(() -> {
      changeWhilePending(company -> company.withEndpoint(endpoint.id(), e -> e.withPaused(true)));
      assertAllSkipped(SkipReason.ENDPOINT_PAUSED);

      simulation.applyConfig(currentConfig().withEndpoint(endpoint.id(), e -> e.withPaused(false)));
      assertNewEventsAreDelivered();
    });
  }

  @RepeatedTest(5)
  void unsubscribing_skips_pending_deliveries_and_subscribing_delivers_new_events() {
    simulation.run(() -> {
      changeWhilePending(company ->
          company.withEndpoint(
              endpoint.id(), e -> e.withSubscribedEvents(List.of("job.one_time.created"))));
      assertAllSkipped(SkipReason.UNSUBSCRIBED);

      simulation.applyConfig(
          currentConfig()
              .withEndpoint(
                  endpoint.id(),
                  e -> e.withSubscribedEvents(List.of(ScriptedSimulation.EVENT_TYPE.name()))));
      assertNewEventsAreDelivered();
    });
  }

  @RepeatedTest(5)
  void subscribing_to_an_alias_of_the_event_type_keeps_pending_deliveries() {
    simulation.run(() -> {
      changeWhilePending(company ->
          company.withEndpoint(
              endpoint.id(), e -> e.withSubscribedEvents(List.of("customer.status.changed"))));
      simulation.awaitDelivered(endpoint, Duration.ofMinutes(10));
      assertThat(simulation.requests(endpoint)).hasSize(28);
    });
  }

  @RepeatedTest(5)
  void deleting_an_endpoint_cancels_its_pending_deliveries() {
    simulation.run(() -> {
      changeWhilePending(company -> company.withEndpoint(endpoint.id(), e -> e.withDeleted(true)));
      assertAllSkipped(SkipReason.CANCELLED);

      simulation.awaitAnswered(simulation.publish(node, 40, 1));
      assertThat(simulation.deliveries(endpoint)).hasSize(24);
    });
  }

  @RepeatedTest(5)
  void the_first_of_several_skip_reasons_is_recorded() {
    simulation.run(() -> {
      changeWhilePending(company ->
          company
              .withEndpoint(endpoint.id(), e -> e.withSubscribedEvents(List.of()).withPaused(true))
              .withWebhooksEnabled(false));
      assertAllSkipped(SkipReason.WEBHOOKS_OFF);
    });
  }

  @RepeatedTest(5)
  void a_node_that_cannot_reach_the_ledger_stops_sending_within_a_second() {
    simulation.run(() -> {
      node = simulation.startNode(ScriptedSimulation.settings(40, 4));
      endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(50)));
      simulation.publish(node, 40, 200);
      simulation.await(
          "more than 20 requests were sent", () -> simulation.requests(endpoint).size() > 20);
      simulation.world.faultInjector().setLossyOutage(true);
      Duration outageStart = simulation.now();
      simulation.advance(Duration.ofSeconds(4));
      Duration outageEnd = simulation.now();
      simulation.world.faultInjector().setLossyOutage(false);
      simulation.awaitDelivered(endpoint, Duration.ofMinutes(2));

      assertThat(simulation.requests(endpoint))
          .noneMatch(sentRequest ->
              sentRequest.sentAtNanos() > outageStart.plus(SECOND).toNanos()
                  && sentRequest.sentAtNanos() < outageEnd.toNanos());
    });
  }

  /// Publishes ten deliveries, of which nine wait for a rate limit of one a minute.
  private void publishToRateLimitedEndpoint() throws InterruptedException {
    node = simulation.startNode();
    endpoint = simulation.addEndpoint(40, _ -> SUCCESS);
    simulation.changeConfig(40, company -> withRateLimit(company, 1 / 60d));
    simulation.publish(node, 40, 10);
    simulation.awaitRequests(endpoint, 1);
    simulation.advance(SECOND);
    assertThat(simulation.requests(endpoint)).hasSize(1);
  }

  @RepeatedTest(5)
  void rate_limited_deliveries_are_skipped_at_once_when_their_endpoint_is_paused() {
    simulation.run(() -> {
      publishToRateLimitedEndpoint();
      simulation.changeConfig(
          40, company -> company.withEndpoint(endpoint.id(), e -> e.withPaused(true)));
      simulation.await(
          "all deliveries have ended",
          SECOND,
          () -> simulation.world.ledger().openDeliveryCount() == 0);
      assertThat(simulation.requests(endpoint)).hasSize(1);
    });
  }

  @RepeatedTest(5)
  void a_raised_rate_limit_applies_to_queued_deliveries() {
    simulation.run(() -> {
      publishToRateLimitedEndpoint();
      simulation.changeConfig(40, company -> withRateLimit(company, 100));
      simulation.await(
          "ten requests were sent", SECOND, () -> simulation.requests(endpoint).size() == 10);
    });
  }
}
