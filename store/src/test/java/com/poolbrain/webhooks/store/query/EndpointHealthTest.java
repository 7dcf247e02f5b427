package com.poolbrain.webhooks.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Health;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.query.DeliveryLogFixture.DeliverySpec;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class EndpointHealthTest {

  private final ConfigFixture configFixture;
  private final DeliveryLogFixture deliveryLogFixture;
  private final EndpointHealth endpointHealth;
  private final Endpoint endpoint;
  private final Endpoint otherEndpoint;

  EndpointHealthTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
    deliveryLogFixture = new DeliveryLogFixture(configFixture);
    endpointHealth = new EndpointHealth(configFixture.database().apiTransactions());
    configFixture.companies().put(40, "Blue Pools", ConfigFixture.ACTOR);
    endpoint = configFixture.createEndpoint(40, "customer.created");
    otherEndpoint = configFixture.createEndpoint(40, "customer.created");
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  private Health endpointHealth() {
    return Objects.requireNonNull(
        endpointHealth.read(40, List.of(endpoint, otherEndpoint)).get(endpoint.id()));
  }

  private DeliverySpec deliveryAt(int second) {
    return DeliverySpec.at(second).withEndpoint(endpoint.id());
  }

  @Test
  void health_follows_the_latest_attempts_of_the_endpoint() {
    deliveryLogFixture.insertFailed(DeliverySpec.at(0).withEndpoint(otherEndpoint.id()));
    assertThat(endpointHealth()).isEqualTo(Health.NEVER_DELIVERED);

    deliveryLogFixture.insertSkipped(deliveryAt(1));
    deliveryLogFixture.insertEnded(
        deliveryAt(2),
        deliveryLogFixture.insertEvent(deliveryAt(2)),
        "permanently_failed",
        "dns",
        "test");
    deliveryLogFixture.insertOpen(deliveryAt(3), 0, null);
    assertThat(endpointHealth())
        .as("only test sends and deliveries without an attempt")
        .isEqualTo(Health.NEVER_DELIVERED);

    deliveryLogFixture.insertDelivered(deliveryAt(4));
    assertThat(endpointHealth()).isEqualTo(Health.HEALTHY);

    deliveryLogFixture.insertFailed(deliveryAt(5));
    assertThat(endpointHealth()).isEqualTo(Health.DEGRADED);

    for (int i = 6; i < 10; i++) {
      UUID retrying =
          deliveryLogFixture.insertOpen(deliveryAt(i), 1, i % 2 == 0 ? null : new UUID(1, 1));
      deliveryLogFixture.insertAttempt(retrying, 1, i, "server_error");
    }
    assertThat(endpointHealth()).isEqualTo(Health.FAILING);

    for (int i = 10; i < 20; i++) {
      deliveryLogFixture.insertDelivered(deliveryAt(i));
    }
    assertThat(endpointHealth()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void failures_of_the_proxy_do_not_count() {
    for (int i = 0; i < 15; i++) {
      deliveryLogFixture.insertDelivered(deliveryAt(i));
    }
    for (int i = 20; i < 40; i++) {
      deliveryLogFixture.insertEnded(
          deliveryAt(i),
          deliveryLogFixture.insertEvent(deliveryAt(i)),
          "permanently_failed",
          "proxy",
          "automatic");
      UUID retrying = deliveryLogFixture.insertOpen(deliveryAt(i + 20), 1, null);
      deliveryLogFixture.insertAttempt(retrying, 1, i + 20, "proxy");
    }
    assertThat(endpointHealth()).isEqualTo(Health.HEALTHY);

    UUID failedByEndpoint = deliveryLogFixture.insertFailed(deliveryAt(70));
    assertThat(endpointHealth()).isEqualTo(Health.DEGRADED);

    deliveryLogFixture.insertAttempt(failedByEndpoint, 2, 71, "proxy");
    assertThat(endpointHealth()).as("the last attempt counts").isEqualTo(Health.HEALTHY);
  }

  @Test
  void a_paused_endpoint_has_status_paused() {
    deliveryLogFixture.insertDelivered(deliveryAt(1));
    Endpoint paused =
        Objects.requireNonNull(
            configFixture
                .endpoints()
                .update(40, endpoint.id(), e -> e.withPaused(true), ConfigFixture.ACTOR));

    assertThat(endpointHealth.read(40, List.of(paused)))
        .containsEntry(endpoint.id(), Health.PAUSED);
  }
}
