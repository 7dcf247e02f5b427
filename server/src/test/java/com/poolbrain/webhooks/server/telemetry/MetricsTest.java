package com.poolbrain.webhooks.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.EngineStats;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final Instant NOW = Instant.parse("2026-02-13T06:42:24Z");
  private static final UUID ID = new UUID(0, 1);

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  private static DeliveryRecorded recorded(Outcome outcome, DeliveryStatus status) {
    var event = new Event(ID, 40, "customer.created", NOW, 1, new byte[0]);
    var claim = new Claim(ID, event, ID, "customer.created", Trigger.AUTOMATIC, 0, 0, NOW);
    var attempt = new Attempt(ID, Trigger.AUTOMATIC, NOW, Duration.ofMillis(38), outcome);
    return new DeliveryRecorded(
        new AttemptResult.Sent(claim, attempt, new Verdict.Done()),
        new RecordedResult(ID, 1, DeliveryStatus.PENDING, status, false, false));
  }

  @Test
  void deliveries_are_counted_by_outcome_and_error_class() {
    metrics.onEventsAccepted(
        List.of(new Receipt(List.of(ID, ID), 40, "customer.created", 3, 2)), List.of());
    metrics.onDeliveryRecorded(
        recorded(new Outcome.Delivered(new EndpointResponse(200, "")), DeliveryStatus.DELIVERED));
    metrics.onDeliveryRecorded(
        recorded(new Outcome.Failed(ErrorClass.DNS), DeliveryStatus.RETRYING));
    metrics.onDeliveriesSkipped(
        new DeliveriesSkipped(
            40,
            ID,
            SkipReason.CANCELLED,
            Collections.nCopies(4, new SkippedDelivery(ID, "customer.created"))));
    assertThat(metrics.scrape())
        .contains("webhooks_events_accepted_total{event=\"customer.created\"} 2.0")
        .contains("webhooks_deliveries_opened_total 3.0")
        .contains(
            "webhooks_attempts_total{error=\"dns\",outcome=\"failed\",trigger=\"automatic\"} 1.0")
        .contains("webhooks_deliveries_total{error=\"\",status=\"delivered\"} 1.0")
        .contains("webhooks_deliveries_total{error=\"dns\",status=\"retrying\"} 1.0")
        .contains("webhooks_deliveries_total{error=\"\",status=\"skipped\"} 6.0")
        .contains("webhooks_attempt_duration_seconds_count{outcome=\"delivered\"} 1")
        .contains("webhooks_attempt_duration_seconds_bucket{outcome=\"failed\",le=\"");
  }

  @Test
  void engine_stats_are_exported_as_gauges() {
    var stats = new EngineStats(5, 4_096, 6, 7, 2, true, NOW.minusMillis(1_500));
    metrics.bindEngine(() -> stats, InstantSource.fixed(NOW));
    System.gc(); // gauges must hold their suppliers strongly
    assertThat(metrics.scrape())
        .contains("webhooks_backlog 5.0")
        .contains("webhooks_backlog_bytes 4096.0")
        .contains("webhooks_in_flight 6.0")
        .contains("webhooks_attempts_unrecorded 7.0")
        .contains("webhooks_nodes 2.0")
        .contains("webhooks_lease_fresh 1.0")
        .contains("webhooks_oldest_due_age_seconds 1.5")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void oldest_due_age_is_zero_without_due_deliveries() {
    metrics.bindEngine(() -> new EngineStats(0, 0, 0, 0, 1, false, null), InstantSource.fixed(NOW));
    assertThat(metrics.scrape())
        .contains("webhooks_oldest_due_age_seconds 0.0")
        .contains("webhooks_lease_fresh 0.0");
  }
}
