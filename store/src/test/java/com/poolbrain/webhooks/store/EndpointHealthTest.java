package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Health;
import com.poolbrain.webhooks.store.Logged.Of;
import com.poolbrain.webhooks.store.log.EndpointHealth;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class EndpointHealthTest {

  private final Configured store;
  private final Logged logged;
  private final EndpointHealth health;
  private final Endpoint endpoint;
  private final Endpoint neighbour;

  EndpointHealthTest(TestServer server) {
    store = Configured.on(server);
    logged = new Logged(store);
    health = new EndpointHealth(store.database().api());
    store.companies().put(40, "Blue Pools", Configured.ACTOR);
    endpoint = store.endpoint(40, "customer.created");
    neighbour = store.endpoint(40, "customer.created");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Health health() {
    return Objects.requireNonNull(health.of(40, List.of(endpoint, neighbour)).get(endpoint.id()));
  }

  private Of at(int second) {
    return Of.at(second).to(endpoint.id());
  }

  @Test
  void itFollowsTheLatestAttemptsOfThatEndpoint() {
    logged.failed(Of.at(0).to(neighbour.id()));
    assertThat(health()).isEqualTo(Health.NEVER_DELIVERED);

    logged.skipped(at(1));
    logged.endedAtOnce(at(2), logged.event(at(2)), "permanently_failed", "dns", "test");
    logged.open(at(3), 0, null);
    assertThat(health())
        .as("nothing but tests and what was not sent")
        .isEqualTo(Health.NEVER_DELIVERED);

    logged.delivered(at(4));
    assertThat(health()).isEqualTo(Health.HEALTHY);

    logged.failed(at(5));
    assertThat(health()).isEqualTo(Health.DEGRADED);

    for (int i = 6; i < 10; i++) {
      UUID retrying = logged.open(at(i), 1, i % 2 == 0 ? null : new UUID(1, 1));
      logged.attempt(retrying, 1, i, "server_error");
    }
    assertThat(health()).isEqualTo(Health.FAILING);

    for (int i = 10; i < 20; i++) {
      logged.delivered(at(i));
    }
    assertThat(health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void aPausedOneIsPaused() {
    logged.delivered(at(1));
    Endpoint paused =
        Objects.requireNonNull(
            store
                .endpoints()
                .edit(
                    40,
                    endpoint.id(),
                    e ->
                        new Endpoint(
                            e.id(),
                            e.companyId(),
                            e.url(),
                            e.names(),
                            e.description(),
                            true,
                            e.deleted(),
                            e.createdAt(),
                            e.secrets(),
                            e.tuning()),
                    Configured.ACTOR));

    assertThat(health.of(40, List.of(paused))).containsEntry(endpoint.id(), Health.PAUSED);
  }
}
