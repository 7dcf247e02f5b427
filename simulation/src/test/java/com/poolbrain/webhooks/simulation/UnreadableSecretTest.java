package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.RepeatedTest;

/// An endpoint with unreadable secrets does not affect other endpoints, and loses no delivery.
final class UnreadableSecretTest extends SimulationFixture {

  private static final Duration FAST = Duration.ofMillis(5);

  @RepeatedTest(5)
  void deliveries_of_an_endpoint_with_unreadable_secrets_wait_until_they_can_be_signed() {
    simulation.run(() -> {
      Endpoint broken = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      Endpoint healthy = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      simulation.changeConfig(
          40, company -> withSecrets(company, broken, SigningSecrets.UNREADABLE));
      SimulatedNode node = simulation.startNode();
      simulation.publish(node, 40, 5);
      simulation.awaitRequests(healthy, 5);
      ManualAttemptResult[] result = new ManualAttemptResult[1];
      node.call(() ->
          result[0] =
              node.engine()
                  .sendTest(
                      40,
                      broken.id(),
                      SimulatedEventTypes.CUSTOMER_STATUS_UPDATED,
                      PublishRequestFactory.testItem(),
                      "key of a test"));
      simulation.await("the test call has returned", () -> result[0] != null);
      assertThat(result[0]).isInstanceOf(ManualAttemptResult.SecretUnreadable.class);
      simulation.advance(Duration.ofMinutes(10));
      assertThat(simulation.requests(broken)).isEmpty();
      assertThat(simulation.deliveries(broken))
          .hasSize(5)
          .allMatch(delivery -> delivery.owner() == null && delivery.isOpen());

      simulation.changeConfig(40, company -> withSecrets(company, broken, broken.signingSecrets()));
      simulation.awaitDelivered(broken);
      assertThat(simulation.requests(broken)).hasSize(5);
    });
  }

  @RepeatedTest(5)
  void a_node_keeps_known_secrets_that_become_unreadable_and_applies_other_changes() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      CompanyConfig company = Objects.requireNonNull(node.engine().companyConfig(40));
      CompanyConfig unreadable = withSecrets(company, endpoint, SigningSecrets.UNREADABLE);
      simulation
          .world
          .ledger()
          .configure(
              unreadable.withEndpoint(
                  endpoint.id(), e -> e.withUrl(SimulatedEndpoints.url(e.id(), "2"))));
      simulation.advance(Duration.ofSeconds(1));
      simulation.publish(node, 40, 1);
      simulation.awaitRequests(endpoint, 1);
      assertThat(simulation.requests(endpoint).getFirst().request().url())
          .isEqualTo(SimulatedEndpoints.url(endpoint.id(), "2"));
      simulation.awaitDelivered(endpoint);

      simulation
          .world
          .ledger()
          .configure(unreadable.withEndpoint(endpoint.id(), e -> e.withPaused(true)));
      simulation.advance(Duration.ofSeconds(1));
      simulation.publish(node, 40, 1);
      simulation.await(
          "the second delivery is stored", () -> simulation.deliveries(endpoint).size() == 2);
      assertThat(simulation.deliveries(endpoint).getLast().status())
          .isEqualTo(DeliveryStatus.SKIPPED);
    });
  }

  private static CompanyConfig withSecrets(
      CompanyConfig company, Endpoint endpoint, SigningSecrets secrets) {
    return company.withEndpoint(endpoint.id(), e -> e.withSecrets(secrets));
  }
}
