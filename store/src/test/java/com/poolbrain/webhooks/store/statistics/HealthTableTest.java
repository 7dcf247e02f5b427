package com.poolbrain.webhooks.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.Health;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class HealthTableTest {

  private static final Instant START = Instant.parse("2026-02-13T06:00:00.123456Z");
  private static final String ROW_VERSION = "select xmin::text from endpoint_health";

  private final ConfigFixture configFixture;
  private final PgStatistics statistics;
  private final EndpointStatuses statuses;
  private final Endpoint endpoint;

  HealthTableTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
    statistics = new PgStatistics(configFixture.database().apiTransactions(), Duration.ofDays(30));
    statuses = new EndpointStatuses(configFixture.database().apiTransactions());
    configFixture.companies().put(40, "Blue Pools", ConfigFixture.ACTOR);
    endpoint = configFixture.createEndpoint(40, "customer.created");
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  private static EndpointActivity attemptAt(int second, boolean succeeded) {
    Instant at = START.plusSeconds(second);
    return new EndpointActivity(
        40, List.of(new HealthSample(at, succeeded)), succeeded ? at : null, null, null, null);
  }

  private boolean isLastDeliveryPending(EndpointActivity activity) {
    return !statistics.updateHealth(Map.of(endpoint.id(), activity), START).isEmpty();
  }

  private EndpointStatus status(Endpoint shown) {
    return Objects.requireNonNull(statuses.read(40, List.of(shown)).get(shown.id()));
  }

  private String rowVersion() {
    return TestSql.queryStrings(configFixture.database(), ROW_VERSION).getFirst();
  }

  @Test
  void endpoint_without_attempts_is_never_delivered_since_its_creation() {
    assertThat(status(endpoint))
        .isEqualTo(new EndpointStatus(Health.NEVER_DELIVERED, endpoint.createdAt(), null, null));
  }

  @Test
  void attempts_of_several_writers_are_judged_together() {
    isLastDeliveryPending(attemptAt(0, true));
    for (int second = 1; second <= 4; second++) {
      isLastDeliveryPending(attemptAt(second, false));
    }
    assertThat(status(endpoint).health()).isEqualTo(Health.DEGRADED);
    assertThat(status(endpoint).since()).isEqualTo(START.plusSeconds(1));

    isLastDeliveryPending(attemptAt(5, false));
    assertThat(status(endpoint))
        .isEqualTo(new EndpointStatus(Health.FAILING, START.plusSeconds(5), START, null));
  }

  @Test
  void row_of_a_working_endpoint_is_written_once_a_minute() {
    assertThat(isLastDeliveryPending(attemptAt(0, true))).isFalse();
    String version = rowVersion();

    assertThat(isLastDeliveryPending(attemptAt(30, true))).isTrue();
    assertThat(rowVersion()).isEqualTo(version);

    assertThat(isLastDeliveryPending(attemptAt(61, true))).isFalse();
    assertThat(rowVersion()).isNotEqualTo(version);
    assertThat(status(endpoint).lastDeliveryAt()).isEqualTo(START.plusSeconds(61));
  }

  @Test
  void certificate_of_an_endpoint_without_attempts_is_stored() {
    isLastDeliveryPending(certificate(START, 0));

    assertThat(status(endpoint))
        .isEqualTo(new EndpointStatus(Health.NEVER_DELIVERED, endpoint.createdAt(), null, START));
  }

  private static EndpointActivity certificate(Instant expiresAt, int shownAtSecond) {
    return new EndpointActivity(
        40,
        List.of(),
        null,
        new ShownCertificate(expiresAt, START.plusSeconds(shownAtSecond).plusNanos(789)),
        null,
        null);
  }

  @Test
  void row_is_written_for_another_certificate_of_a_later_handshake_only() {
    isLastDeliveryPending(certificate(START, 10));
    String version = rowVersion();

    isLastDeliveryPending(certificate(START, 10));
    isLastDeliveryPending(certificate(START, 20));
    isLastDeliveryPending(certificate(START.plusSeconds(90), 9));
    assertThat(rowVersion()).isEqualTo(version);
    assertThat(status(endpoint).certificateExpiresAt()).isEqualTo(START);

    isLastDeliveryPending(certificate(START.plusSeconds(90), 30));
    assertThat(status(endpoint).certificateExpiresAt()).isEqualTo(START.plusSeconds(90));
  }

  @Test
  void paused_endpoint_has_the_time_of_the_latest_pause() {
    isLastDeliveryPending(attemptAt(0, true));
    Endpoint first = setPaused(true);
    Instant firstPause = status(first).since();
    setPaused(false);
    assertThat(status(endpoint).health()).isEqualTo(Health.HEALTHY);
    setPaused(true);
    Instant secondPause = status(endpoint).since();
    configFixture
        .endpoints()
        .update(40, endpoint.id(), e -> e.withDescription("later"), ConfigFixture.ACTOR);

    assertThat(secondPause).isAfter(firstPause).isAfter(first.createdAt());
    assertThat(status(endpoint))
        .isEqualTo(new EndpointStatus(Health.PAUSED, secondPause, START, null));
  }

  private Endpoint setPaused(boolean paused) {
    return Objects.requireNonNull(
        configFixture
            .endpoints()
            .update(40, endpoint.id(), e -> e.withPaused(paused), ConfigFixture.ACTOR));
  }

  @Test
  void concurrent_writers_lose_no_attempt() {
    isLastDeliveryPending(attemptAt(0, true));
    isLastDeliveryPending(attemptAt(1, false));
    List<CompletableFuture<Void>> writers =
        IntStream.range(2, 10)
            .mapToObj(second ->
                CompletableFuture.runAsync(
                    () -> isLastDeliveryPending(attemptAt(second, second % 2 == 0))))
            .toList();
    writers.forEach(CompletableFuture::join);

    assertThat(
            TestSql.queryStrings(
                configFixture.database(),
                "select cardinality(latest_ok) || ' ' || status from endpoint_health"))
        .containsExactly("10 degraded");
  }
}
