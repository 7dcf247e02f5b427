package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCountersTest {

  private static final long SENT_NANOS = 1_000_000_000L;

  private final RunCounters counters = new RunCounters(0, 10, 2);

  private void publish(int events) {
    int first = counters.reserve(events, SENT_NANOS);
    counters.recordResponse(first, events, 2, 202, SENT_NANOS + 1_000_000);
  }

  @Test
  void every_delivery_counts_once_and_absent_ones_are_missing() {
    publish(2);
    counters.recordDelivery(0, 0, SENT_NANOS + 5_000_000);
    counters.recordDelivery(0, 1, SENT_NANOS + 5_000_000);
    counters.recordDelivery(1, 0, SENT_NANOS + 5_000_000);

    assertThat(counters.counts().accepted()).isEqualTo(2);
    assertThat(counters.counts().received()).isEqualTo(3);
    assertThat(counters.missingByEvent().values()).containsExactly(1);
    assertThat(counters.isComplete()).isFalse();
  }

  @Test
  void repeated_delivery_is_a_duplicate_and_replaces_no_missing_one() {
    publish(1);
    counters.recordDelivery(0, 1, SENT_NANOS + 5_000_000);
    counters.recordDelivery(0, 1, SENT_NANOS + 6_000_000);

    assertThat(counters.counts().duplicates()).isEqualTo(1);
    assertThat(counters.missingByEvent().values()).containsExactly(1);
  }

  @Test
  void unpublished_event_or_unknown_endpoint_is_unexpected() {
    publish(1);
    counters.recordDelivery(-1, 0, SENT_NANOS);
    counters.recordDelivery(7, 0, SENT_NANOS);
    counters.recordDelivery(0, 2, SENT_NANOS);

    assertThat(counters.counts().unexpected()).isEqualTo(3);
    assertThat(counters.counts().received()).isZero();
  }

  @Test
  void refused_events_are_not_expected() {
    int first = counters.reserve(3, SENT_NANOS);
    counters.recordResponse(first, 3, 2, 503, SENT_NANOS);

    assertThat(counters.counts().refused()).isEqualTo(3);
    assertThat(counters.isComplete()).isTrue();
    assertThat(counters.missingByEvent()).isEmpty();
  }

  @Test
  void end_to_end_latency_counts_from_the_scheduled_time() {
    publish(1);
    counters.recordDelivery(0, 0, SENT_NANOS + 250_000_000);

    assertThat(counters.endToEndLatencyMicros().getMaxValue() / 1_000).isEqualTo(250);
  }

  @Test
  void no_number_is_reserved_beyond_capacity() {
    assertThat(counters.reserve(8, SENT_NANOS)).isZero();
    assertThat(counters.reserve(3, SENT_NANOS)).isEqualTo(RunCounters.FULL);
    assertThat(counters.reserve(2, SENT_NANOS)).isEqualTo(8);
  }

  @Test
  void deliveries_of_unanswered_events_replace_no_missing_ones() {
    publish(1);
    int first = counters.reserve(1, SENT_NANOS);
    counters.recordResponse(first, 1, 2, 0, SENT_NANOS);
    counters.recordDelivery(first, 0, SENT_NANOS);
    counters.recordDelivery(first, 1, SENT_NANOS);

    assertThat(counters.counts().unanswered()).isEqualTo(1);
    assertThat(counters.counts().refused()).isZero();
    assertThat(counters.isComplete()).isFalse();
    assertThat(counters.missingByEvent()).containsExactly(Map.entry(0, 2));
  }

  @Test
  void late_deliveries_of_an_earlier_run_are_ignored() {
    RunCounters later = new RunCounters(100, 10, 1);
    int first = later.reserve(1, SENT_NANOS);
    later.recordResponse(first, 1, 1, 202, SENT_NANOS);
    later.recordDelivery(99, 0, SENT_NANOS);
    later.recordDelivery(first, 0, SENT_NANOS);

    assertThat(first).isEqualTo(100);
    assertThat(later.counts().received()).isEqualTo(1);
    assertThat(later.counts().unexpected()).isZero();
    assertThat(later.isComplete()).isTrue();
  }
}
