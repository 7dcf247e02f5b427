package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.statistics.CountKey;
import com.poolbrain.webhooks.engine.statistics.Counts;
import com.poolbrain.webhooks.simulation.world.RecordedAttempt;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Counts by hour, endpoint and kind, made in three independent ways: from statistics, from the
/// ledger, and from what the endpoints got. Counts of zero are left out.
record StatisticsAudit(Map<String, Long> counts) {

  private StatisticsAudit() {
    this(new TreeMap<>());
  }

  static StatisticsAudit ofStatistics(Map<CountKey, Counts> statistics) {
    StatisticsAudit audit = new StatisticsAudit();
    statistics.forEach((key, counts) -> {
      String scope = hour(key.slotStart().toEpochMilli()) + key.endpointId();
      String event = scope + " " + key.event();
      audit.add(event + " delivered", counts.delivered());
      audit.add(event + " after retry", counts.afterRetry());
      audit.add(event + " permanently failed", counts.permanentlyFailed());
      audit.add(event + " skipped", counts.skipped());
      audit.add(event + " items", counts.items());
      audit.add(scope + " attempts " + key.result(), counts.attempts());
      audit.add(scope + " failed attempts", counts.failedAttempts());
      audit.add(
          scope + " response times",
          counts.responseTimes().values().stream().mapToInt(Integer::intValue).sum());
    });
    return audit;
  }

  static StatisticsAudit ofLedger(Collection<SimulatedDelivery> deliveries) {
    StatisticsAudit audit = new StatisticsAudit();
    for (SimulatedDelivery delivery : deliveries) {
      if (delivery.info().trigger() != Trigger.TEST) {
        audit.addDelivery(delivery);
        delivery
            .attempts()
            .forEach(a ->
                audit.addAttempt(
                    delivery.id(), delivery.info().endpointId(), a.attempt().outcome()));
      }
    }
    return audit;
  }

  /// Attempts only.
  static StatisticsAudit ofReceivers(
      Collection<SimulatedDelivery> deliveries, Collection<SentRequest> requests) {
    StatisticsAudit audit = new StatisticsAudit();
    Map<UUID, SimulatedDelivery> byId = new java.util.HashMap<>();
    deliveries.forEach(delivery -> byId.put(delivery.id(), delivery));
    for (SentRequest request : requests) {
      Outcome outcome = request.outcome();
      SimulatedDelivery delivery = byId.get(request.deliveryId());
      if (outcome != null && delivery != null && delivery.info().trigger() != Trigger.TEST) {
        audit.addAttempt(delivery.id(), request.endpointId(), outcome);
      }
    }
    return audit;
  }

  /// The counts of attempts alone.
  StatisticsAudit attempts() {
    StatisticsAudit attempts = new StatisticsAudit();
    counts.forEach((key, count) -> {
      if (key.contains("attempts") || key.contains("response times")) {
        attempts.add(key, count);
      }
    });
    return attempts;
  }

  private void addDelivery(SimulatedDelivery delivery) {
    String event =
        hour(UuidV7.instantOf(delivery.id()).toEpochMilli())
            + delivery.info().endpointId()
            + " "
            + delivery.info().eventName();
    if (delivery.status() == DeliveryStatus.DELIVERED) {
      add(event + " delivered", 1);
      add(event + " items", delivery.info().event().itemCount());
      boolean isAfterRetry =
          delivery.attempts().stream()
                  .filter(recorded -> recorded.attempt().outcome() instanceof Outcome.Delivered)
                  .mapToInt(RecordedAttempt::number)
                  .min()
                  .orElse(1)
              > 1;
      add(event + " after retry", isAfterRetry ? 1 : 0);
    }
    add(
        event + " permanently failed",
        delivery.status() == DeliveryStatus.PERMANENTLY_FAILED ? 1 : 0);
    add(event + " skipped", delivery.status() == DeliveryStatus.SKIPPED ? 1 : 0);
  }

  private void addAttempt(UUID deliveryId, UUID endpointId, Outcome outcome) {
    String scope = hour(UuidV7.instantOf(deliveryId).toEpochMilli()) + endpointId;
    String result =
        outcome.response() != null
            ? Integer.toString(outcome.response().statusCode())
            : ((Outcome.Failed) outcome).error().wireName();
    add(scope + " attempts " + result, 1);
    add(scope + " failed attempts", outcome instanceof Outcome.Failed ? 1 : 0);
    add(scope + " response times", outcome.response() == null ? 0 : 1);
  }

  private static String hour(long epochMillis) {
    return java.time.Instant.ofEpochMilli(epochMillis).truncatedTo(ChronoUnit.HOURS) + " ";
  }

  private void add(String key, long count) {
    counts.merge(key, count, Long::sum);
    counts.remove(key, 0L);
  }
}
