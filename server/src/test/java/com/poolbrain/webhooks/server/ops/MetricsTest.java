package com.poolbrain.webhooks.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.Pulse;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Skipped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  private static AttemptFinished finished(Outcome outcome, DeliveryStatus status) {
    var event = new Event(ID, 40, "customer.created", NOW, 1, new byte[0]);
    var claim = new Claim(ID, event, ID, "customer.created", Trigger.AUTOMATIC, 0, 0, NOW);
    var attempt = new Attempt(ID, Trigger.AUTOMATIC, NOW, Duration.ofMillis(38), outcome);
    return new AttemptFinished(
        claim, attempt, new Verdict.Done(), new Settled(ID, 1, status, false));
  }

  @Test
  void whatHappensIsCountedByOutcomeAndErrorClass() {
    metrics.accepted(List.of(new Receipt(List.of(ID, ID), 40, "customer.created", 3, 2)));
    metrics.attempted(
        finished(new Outcome.Delivered(new Answer(200, "")), DeliveryStatus.DELIVERED));
    metrics.attempted(finished(new Outcome.Failed(ErrorClass.DNS), DeliveryStatus.RETRYING));
    metrics.skipped(new Skipped(ID, SkipReason.CANCELLED, 4));
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
  void whatTheNodeIsBusyWithIsShown() {
    var pulse = new Pulse(5, 4_096, 6, 7, 2, true, NOW.minusMillis(1_500));
    metrics.watch(() -> pulse, InstantSource.fixed(NOW));
    System.gc(); // gauges must hold on to what they show
    assertThat(metrics.scrape())
        .contains("webhooks_backlog 5.0")
        .contains("webhooks_backlog_bytes 4096.0")
        .contains("webhooks_in_flight 6.0")
        .contains("webhooks_unsettled 7.0")
        .contains("webhooks_nodes 2.0")
        .contains("webhooks_lease_fresh 1.0")
        .contains("webhooks_oldest_due_age_seconds 1.5")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void nothingThatWaitsHasNoAge() {
    metrics.watch(() -> new Pulse(0, 0, 0, 0, 1, false, null), InstantSource.fixed(NOW));
    assertThat(metrics.scrape())
        .contains("webhooks_oldest_due_age_seconds 0.0")
        .contains("webhooks_lease_fresh 0.0");
  }
}
