package com.poolbrain.webhooks.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
  private final Retention retention = new Retention(30);

  @Test
  void first_millisecond_of_the_oldest_kept_day_is_kept_and_the_one_before_is_not() {
    Instant kept = Instant.parse("2026-03-01T00:00:00Z");

    assertThat(retention.isExpired(idOf(kept), NOW)).isFalse();
    assertThat(retention.isExpired(idOf(kept.minusMillis(1)), NOW)).isTrue();
    assertThat(retention.isExpired(idOf(kept), NOW.minusNanos(1))).isFalse();
    assertThat(retention.isExpired(idOf(kept), NOW.plusSeconds(86_400))).isTrue();
  }

  @Test
  void id_without_a_time_is_never_expired() {
    assertThat(retention.isExpired(UUID.fromString("00000000-0000-4000-8000-000000000000"), NOW))
        .isFalse();
  }

  private static UUID idOf(Instant time) {
    return UuidV7.of(time.toEpochMilli(), 0, 0);
  }
}
