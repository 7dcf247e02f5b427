package com.poolbrain.webhooks.store.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.HealthSample;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.statistics.PgStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The notices that a page reads: those that are still true.
@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class NoticesTest {

  private static final Instant START = Instant.parse("2026-02-13T06:00:00Z");
  private static final FailedAttempt FAILED =
      new FailedAttempt(new UUID(3, 4), ErrorClass.SERVER_ERROR, 503);

  @AutoClose private final ConfigFixture config;
  private final PgStatistics statistics;
  private final NoticeScan scan;
  private final Notices notices;
  private final Endpoint endpoint;
  private Instant now = START;

  NoticesTest(TestServer server) {
    config = ConfigFixture.create(server);
    statistics = new PgStatistics(config.database().apiTransactions(), Duration.ofDays(30));
    scan = new NoticeScan(config.database().apiTransactions());
    notices = new Notices(config.database().apiTransactions());
    config.companies().put(40, "Blue Pools", ConfigFixture.ACTOR);
    endpoint = config.createEndpoint(40, "customer.created");
  }

  /// Attempts that end in successive seconds; `+` succeeded.
  private void attempts(String results) {
    List<HealthSample> samples =
        IntStream.range(0, results.length())
            .mapToObj(i ->
                new HealthSample(
                    now.plusSeconds(results.length() - i),
                    results.charAt(results.length() - 1 - i) == '+'))
            .toList();
    now = now.plusSeconds(results.length());
    boolean hasFailed = results.contains("-");
    record(
        new EndpointActivity(
            40, samples, null, null, hasFailed ? FAILED : null, hasFailed ? FAILED : null));
  }

  private void certificate(Instant expiresAt) {
    record(
        new EndpointActivity(
            40, List.of(), null, new ShownCertificate(expiresAt, now), null, null));
  }

  private void record(EndpointActivity activity) {
    statistics.updateHealth(Map.of(endpoint.id(), activity), now);
  }

  private List<NoticeKind> kinds() {
    return notices.list(40, Arrays.asList(NoticeKind.values()), START.minusSeconds(1), 9).stream()
        .map(Notice::kind)
        .toList();
  }

  @Test
  void recovered_is_shown_until_the_endpoint_fails_again() {
    attempts("-----");
    assertThat(kinds()).containsExactlyInAnyOrder(NoticeKind.FAILING, NoticeKind.DELIVERY_FAILED);
    attempts("+");
    assertThat(kinds()).contains(NoticeKind.RECOVERED);
    attempts("-----");
    assertThat(kinds()).doesNotContain(NoticeKind.RECOVERED).contains(NoticeKind.FAILING);
  }

  @Test
  void failed_delivery_is_shown_until_the_endpoint_is_healthy() {
    attempts("-----");
    attempts("+");
    assertThat(kinds()).contains(NoticeKind.DELIVERY_FAILED);
    attempts("++++++++++++++++++++");
    assertThat(kinds()).doesNotContain(NoticeKind.DELIVERY_FAILED);
  }

  @Test
  void certificate_is_shown_until_it_is_renewed() {
    certificate(START.plus(Duration.ofDays(9)));
    scan.run(now);
    assertThat(kinds()).containsExactly(NoticeKind.CERTIFICATE_EXPIRES);
    now = now.plusSeconds(60);
    certificate(START.plus(Duration.ofDays(90)));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void notices_of_deleted_endpoints_and_other_companies_are_not_shown() {
    attempts("-----");
    assertThat(notices.list(41, Arrays.asList(NoticeKind.values()), START, 9)).isEmpty();
    config.endpoints().delete(40, endpoint.id(), ConfigFixture.ACTOR);
    assertThat(kinds()).isEmpty();
  }
}
