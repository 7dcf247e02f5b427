package com.poolbrain.webhooks.engine.statistics;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.domain.statistics.ResponseTimeBuckets;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted.RestartedDelivery;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Adds up counts and activity in memory, until [#take()] takes them. Test sends don't count, but
/// the certificates that they see are noted.
///
/// The memory is bounded: while the store is unavailable, counts of the slots, events and results
/// that are known go on, and those of further ones are dropped.
public final class StatisticsRecorder implements EngineListener {

  /// About 20 MB.
  private static final int MAX_KEYS = 50_000;

  private final int maxKeys;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<CountKey, Counts> counts = new LinkedHashMap<>();
  private Map<UUID, ActivityBuffer> activity = new LinkedHashMap<>();
  private long dropped;

  /// A recorder without counts.
  public StatisticsRecorder() {
    this(MAX_KEYS);
  }

  /// @param maxKeys most keys that are counted by
  StatisticsRecorder(int maxKeys) {
    this.maxKeys = maxKeys;
  }

  /// What was added up since it was taken last.
  public record Taken(Map<CountKey, Counts> counts, Map<UUID, EndpointActivity> activity) {}

  /// Takes everything and starts anew.
  public Taken take() {
    Map<CountKey, Counts> takenCounts;
    Map<UUID, ActivityBuffer> takenActivity;
    lock.lock();
    try {
      takenCounts = counts;
      takenActivity = activity;
      counts = new LinkedHashMap<>();
      activity = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
    Map<UUID, EndpointActivity> activities = LinkedHashMap.newLinkedHashMap(takenActivity.size());
    takenActivity.forEach((endpoint, buffer) -> activities.put(endpoint, buffer.toActivity()));
    return new Taken(takenCounts, activities);
  }

  /// Results and skips that were not counted, because the memory was full.
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped) {
    if (skipped.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (NewDelivery delivery : skipped) {
        countOutcome(
            delivery.event().companyId(),
            delivery.endpointId(),
            delivery.id(),
            delivery.eventName(),
            DeliveryStatus.SKIPPED,
            1);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onDeliveriesSkipped(DeliveriesSkipped event) {
    lock.lock();
    try {
      for (SkippedDelivery delivery : event.deliveries()) {
        countOutcome(
            event.companyId(),
            event.endpointId(),
            delivery.id(),
            delivery.eventName(),
            DeliveryStatus.SKIPPED,
            1);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The outcome that a restarted delivery had no longer counts.
  @Override
  public void onDeliveriesRestarted(DeliveriesRestarted event) {
    lock.lock();
    try {
      for (RestartedDelivery delivery : event.deliveries()) {
        DeliveryStatus previous = delivery.previousStatus();
        if (previous != null) {
          countOutcome(
              event.companyId(),
              event.endpointId(),
              delivery.id(),
              delivery.eventName(),
              previous,
              -1);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void countOutcome(
      long companyId,
      UUID endpointId,
      UUID deliveryId,
      String event,
      DeliveryStatus status,
      int count) {
    CountKey key = new CountKey(companyId, endpointId, CountKey.slotOf(deliveryId), event, "");
    Counts found = countsOf(key);
    if (found != null) {
      found.addOutcome(status, count);
    }
  }

  @Override
  public void onDeliveryRecorded(DeliveryRecorded event) {
    boolean counts = !event.recorded().test();
    OutcomeChange change = OutcomeChange.of(event);
    lock.lock();
    try {
      if (counts) {
        count(event, change);
      }
      if (event.result() instanceof Sent sent) {
        noteActivity(sent, change, counts && sent.healthOutcome() != null);
      }
    } finally {
      lock.unlock();
    }
  }

  private void count(DeliveryRecorded event, OutcomeChange change) {
    RecordedResult recorded = event.recorded();
    Attempt attempt = recorded.attemptNumber() == 0 ? null : event.result().attempt();
    if (attempt == null && change.before() == change.after()) {
      return;
    }
    Claim claim = event.result().claim();
    long slot = CountKey.slotOf(claim.id());
    String result = attempt == null ? "" : ResultNames.of(attempt.outcome());
    Counts counted = countsOf(keyOf(claim, slot, claim.eventName(), result));
    if (counted == null) {
      return;
    }
    if (change.before() != change.after()) {
      counted.addOutcome(change.before(), -1);
      counted.addOutcome(change.after(), 1);
    }
    if (change.isNewlyDelivered()) {
      counted.addDelivered(claim.event().itemCount(), recorded.attemptNumber() > 1);
    }
    if (attempt != null) {
      counted.addAttempt(attempt.outcome() instanceof Outcome.Failed);
      countResponseTime(claim, slot, attempt);
    }
  }

  private void countResponseTime(Claim claim, long slot, Attempt attempt) {
    if (attempt.outcome().response() != null) {
      Counts times = countsOf(keyOf(claim, slot, "", ""));
      if (times != null) {
        times.addResponseTime(ResponseTimeBuckets.indexOf(attempt.duration()));
      }
    }
  }

  private static CountKey keyOf(Claim claim, long slot, String event, String result) {
    return new CountKey(claim.event().companyId(), claim.endpointId(), slot, event, result);
  }

  /// The counts of a key; null if there is no room for a new key.
  private @Nullable Counts countsOf(CountKey key) {
    Counts found = counts.get(key);
    if (found == null && counts.size() >= maxKeys) {
      dropped++;
      return null;
    }
    if (found == null) {
      found = new Counts();
      counts.put(key, found);
    }
    return found;
  }

  private void noteActivity(Sent sent, OutcomeChange change, boolean countsForHealth) {
    ShownCertificate certificate = sent.certificate();
    if (!countsForHealth && certificate == null) {
      return;
    }
    UUID endpoint = sent.claim().endpointId();
    ActivityBuffer buffer = activity.get(endpoint);
    if (buffer == null) {
      buffer = new ActivityBuffer(sent.claim().event().companyId());
      activity.put(endpoint, buffer);
    }
    if (certificate != null) {
      buffer.shown(certificate);
    }
    if (countsForHealth) {
      buffer.add(sent.attempt());
      if (sent.attempt().outcome() instanceof Outcome.Failed failed) {
        noteFailure(buffer, sent, failed, change);
      }
    }
  }

  private static void noteFailure(
      ActivityBuffer buffer, Sent sent, Outcome.Failed failed, OutcomeChange change) {
    EndpointResponse response = failed.response();
    var sample =
        new FailedAttempt(
            sent.claim().id(), failed.error(), response == null ? null : response.statusCode());
    buffer.failed(sample);
    if (change.isNewlyFailed()) {
      buffer.permanentlyFailed(sample);
    }
  }
}
