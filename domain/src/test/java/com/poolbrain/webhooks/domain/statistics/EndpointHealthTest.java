package com.poolbrain.webhooks.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointHealthTest {

  private static final Instant START = Instant.parse("2026-02-13T06:00:00Z");

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }

  /// Attempts that ended in successive seconds; `+` succeeded.
  private static EndpointActivity attempts(long firstSecond, String results) {
    List<HealthSample> samples = new ArrayList<>();
    Instant lastDelivery = null;
    for (int i = 0; i < results.length(); i++) {
      boolean succeeded = results.charAt(i) == '+';
      samples.addFirst(new HealthSample(at(firstSecond + i), succeeded));
      lastDelivery = succeeded ? at(firstSecond + i) : lastDelivery;
    }
    return new EndpointActivity(
        40, EndpointHealth.latestOf(samples, List.of()), lastDelivery, null, null, null);
  }

  private static EndpointHealth after(EndpointHealth before, long firstSecond, String results) {
    return before.after(attempts(firstSecond, results));
  }

  @Test
  void status_bears_the_end_of_the_attempt_that_led_to_it() {
    EndpointHealth healthy = after(EndpointHealth.unknown(START), 1, "++++++++++");
    assertThat(healthy.status()).isEqualTo(Health.HEALTHY);
    assertThat(healthy.since()).isEqualTo(at(10));

    EndpointHealth degraded = after(healthy, 20, "--");
    assertThat(degraded.status()).isEqualTo(Health.DEGRADED);
    assertThat(degraded.since()).isEqualTo(at(21));

    EndpointHealth stillDegraded = after(degraded, 30, "--");
    assertThat(stillDegraded.status()).isEqualTo(Health.DEGRADED);
    assertThat(stillDegraded.since()).isEqualTo(at(21));

    EndpointHealth failing = after(stillDegraded, 40, "-");
    assertThat(failing.status()).isEqualTo(Health.FAILING);
    assertThat(failing.since()).isEqualTo(at(40));
    assertThat(after(failing, 50, "+").status()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void attempts_that_can_not_change_the_status_are_not_stored() {
    EndpointHealth healthy = after(EndpointHealth.unknown(START), 0, "++++++++++");
    assertThat(after(healthy, 20, "+++")).isSameAs(healthy);

    EndpointHealth failing = after(EndpointHealth.unknown(START), 0, "-----");
    assertThat(after(failing, 20, "---")).isSameAs(failing);
  }

  @Test
  void later_delivery_is_stored_once_a_minute() {
    EndpointHealth healthy = after(EndpointHealth.unknown(START), 0, "+");

    EndpointActivity within = attempts(60, "+");
    assertThat(healthy.after(within)).isSameAs(healthy);
    assertThat(healthy.isBehind(within)).isTrue();

    EndpointHealth stored = after(healthy, 61, "+");
    assertThat(stored.lastDeliveryAt()).isEqualTo(at(61));
    assertThat(stored.since()).isEqualTo(healthy.since());
    assertThat(stored.isBehind(within)).isFalse();
  }

  @Test
  void certificate_is_stored_when_it_changes() {
    EndpointActivity shown = shown(at(9), 1);
    EndpointHealth stored = EndpointHealth.unknown(START).after(shown);
    assertThat(stored.certificate()).isEqualTo(new ShownCertificate(at(9), at(1)));
    assertThat(stored.status()).isEqualTo(Health.NEVER_DELIVERED);
    assertThat(stored.after(shown)).isSameAs(stored);
    assertThat(stored.after(shown(at(9), 2))).isSameAs(stored);
    assertThat(after(stored, 0, "+").certificate()).isEqualTo(stored.certificate());
  }

  @Test
  void certificate_of_the_latest_handshake_counts() {
    EndpointHealth stored = EndpointHealth.unknown(START).after(shown(at(90), 5));

    // A node that has kept its connection for longer still has the certificate of before.
    assertThat(stored.after(shown(at(9), 4))).isSameAs(stored);
    assertThat(shown(at(90), 5).followedBy(shown(at(9), 4)).certificate())
        .isEqualTo(stored.certificate());

    // A renewed certificate may end earlier.
    assertThat(stored.after(shown(at(60), 6)).certificate())
        .isEqualTo(new ShownCertificate(at(60), at(6)));
  }

  private static EndpointActivity shown(Instant expiresAt, long second) {
    return new EndpointActivity(
        40, List.of(), null, new ShownCertificate(expiresAt, at(second)), null, null);
  }

  /// Two nodes deliver to one endpoint and tell the store in turns. The status is that of all
  /// attempts, although only some are stored.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void status_is_that_of_all_attempts(long seed) {
    Random random = new Random(seed);
    List<HealthSample> all = new ArrayList<>();
    EndpointHealth health = EndpointHealth.unknown(START);
    for (int flush = 0; flush < 500; flush++) {
      EndpointActivity activity = null;
      int failureRate = random.nextInt(4) * 33;
      for (int i = random.nextInt(1, 15); i > 0; i--) {
        HealthSample sample = new HealthSample(at(all.size()), random.nextInt(100) >= failureRate);
        all.add(sample);
        EndpointActivity one = new EndpointActivity(40, List.of(sample), null, null, null, null);
        activity = activity == null ? one : activity.followedBy(one);
      }
      health = health.after(Objects.requireNonNull(activity));
      List<HealthSample> latestFirst =
          all.stream().sorted(Comparator.comparing(HealthSample::endedAt).reversed()).toList();
      assertThat(health.status())
          .as("seed %d, flush %d", seed, flush)
          .isEqualTo(
              Health.fromAttempts(latestFirst.stream().map(HealthSample::succeeded).toList()));
    }
  }
}
