package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCountersTest {

  private static final long SENT_NANOS = 1_000_000_000L;

  private final RunCounters runCounters = new RunCounters(10, 2);

  private void publish(int events) {
    int first = runCounters.reserve(events);
    runCounters.scheduled(first, events, SENT_NANOS);
    runCounters.recordResponse(first, events, 2, 202, SENT_NANOS + 1_000_000);
  }

  @Test
  void every_delivery_counts_once_and_absent_ones_are_missing() {
    publish(2);
    runCounters.received(0, 0, SENT_NANOS + 5_000_000);
    runCounters.received(0, 1, SENT_NANOS + 5_000_000);
    runCounters.received(1, 0, SENT_NANOS + 5_000_000);

    assertThat(runCounters.accepted()).isEqualTo(2);
    assertThat(runCounters.received()).isEqualTo(3);
    assertThat(runCounters.missingCount()).isEqualTo(1);
    assertThat(runCounters.isComplete()).isFalse();
  }

  @Test
  void repeated_delivery_is_a_duplicate_and_replaces_no_missing_one() {
    publish(1);
    runCounters.received(0, 1, SENT_NANOS + 5_000_000);
    runCounters.received(0, 1, SENT_NANOS + 6_000_000);

    assertThat(runCounters.duplicates()).isEqualTo(1);
    assertThat(runCounters.missingCount()).isEqualTo(1);
  }

  @Test
  void unpublished_event_or_unknown_endpoint_is_unexpected() {
    publish(1);
    runCounters.received(-1, 0, SENT_NANOS);
    runCounters.received(7, 0, SENT_NANOS);
    runCounters.received(0, 2, SENT_NANOS);

    assertThat(runCounters.unexpected()).isEqualTo(3);
    assertThat(runCounters.received()).isZero();
  }

  @Test
  void refused_events_are_not_expected() {
    int first = runCounters.reserve(3);
    runCounters.scheduled(first, 3, SENT_NANOS);
    runCounters.recordResponse(first, 3, 2, 503, SENT_NANOS);

    assertThat(runCounters.refused()).isEqualTo(3);
    assertThat(runCounters.isComplete()).isTrue();
    assertThat(runCounters.missingCount()).isZero();
  }

  @Test
  void end_to_end_latency_counts_from_the_scheduled_time() {
    publish(1);
    runCounters.received(0, 0, SENT_NANOS + 250_000_000);

    assertThat(runCounters.endToEndLatencyMicros().getMaxValue() / 1_000).isEqualTo(250);
  }

  @Test
  void no_number_is_reserved_beyond_capacity() {
    assertThat(runCounters.reserve(8)).isZero();
    assertThat(runCounters.reserve(3)).isNegative();
    assertThat(runCounters.reserve(2)).isEqualTo(8);
  }

  @Test
  void deliveries_of_unanswered_events_replace_no_missing_ones() {
    publish(1);
    int first = runCounters.reserve(1);
    runCounters.scheduled(first, 1, SENT_NANOS);
    runCounters.recordResponse(first, 1, 2, 0, SENT_NANOS);
    runCounters.received(first, 0, SENT_NANOS);
    runCounters.received(first, 1, SENT_NANOS);

    assertThat(runCounters.unanswered()).isEqualTo(1);
    assertThat(runCounters.refused()).isZero();
    assertThat(runCounters.isComplete()).isFalse();
    assertThat(runCounters.missingByEvent()).containsExactly(Map.entry(0, 2));
  }

  @Test
  void late_deliveries_of_an_earlier_run_are_ignored() {
    RunCounters later = new RunCounters(100, 10, 1);
    int first = later.reserve(1);
    later.scheduled(first, 1, SENT_NANOS);
    later.recordResponse(first, 1, 1, 202, SENT_NANOS);
    later.received(99, 0, SENT_NANOS);
    later.received(first, 0, SENT_NANOS);

    assertThat(first).isEqualTo(100);
    assertThat(later.received()).isEqualTo(1);
    assertThat(later.unexpected()).isZero();
    assertThat(later.isComplete()).isTrue();
  }
}
