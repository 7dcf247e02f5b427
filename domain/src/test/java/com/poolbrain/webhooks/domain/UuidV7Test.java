package com.poolbrain.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {

  @Test
  void uuid_v7_starts_with_its_instant_and_sorts_by_it() {
    Instant time = Instant.parse("2026-02-13T06:42:24.705Z");
    var first = UuidV7.of(time.toEpochMilli(), 7, -1L);
    var second = UuidV7.of(time.toEpochMilli(), 8, 0L);
    assertThat(first.version()).isEqualTo(7);
    assertThat(first.variant()).isEqualTo(2);
    assertThat(UuidV7.instantOf(first)).isEqualTo(time);
    assertThat(first.toString()).startsWith("019c55bc-8741").isLessThan(second.toString());
    assertThat(UuidV7.lowerBound(time).toString()).isLessThan(first.toString());
  }

  @Test
  void order_is_that_of_the_bytes() {
    UUID low = UUID.fromString("7fffffff-ffff-7fff-7fff-ffffffffffff");
    UUID high = UUID.fromString("7fffffff-ffff-7fff-8000-000000000000");
    UUID highest = UUID.fromString("80000000-0000-7000-8000-000000000000");

    assertThat(UuidV7.ORDER.compare(low, high)).isNegative();
    assertThat(UuidV7.ORDER.compare(highest, high)).isPositive();
    assertThat(UuidV7.ORDER.compare(high, high)).isZero();
    assertThat(UuidV7.min(high, low)).isEqualTo(low);
    assertThat(UuidV7.max(highest, high)).isEqualTo(highest);
  }
}
