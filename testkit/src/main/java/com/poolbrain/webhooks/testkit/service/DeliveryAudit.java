package com.poolbrain.webhooks.testkit.service;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares accepted events with received webhooks. Publishers record every 202, endpoints every
/// webhook, and fault tests every fault.
///
/// ```java
/// DeliveryAudit audit = new DeliveryAudit(List.of(new AuditedEndpoint(40, secret)));
/// AuditedEvent event = audit.eventFor(7);
/// audit.accepted(event, "0197…");
/// audit.recordArrival(webhook, true);
/// assert audit.counts().lost() == 0;
/// ```
public final class DeliveryAudit {

  private final List<AuditedEndpoint> endpoints;
  private final Map<Long, Signer> signers = new HashMap<>();
  private final Map<Integer, AuditEntry> entriesByNumber = new HashMap<>();
  private final Map<Integer, Integer> duplicatesByFault = new HashMap<>();
  private final List<String> mismatches = new ArrayList<>();
  private int accepted;
  private int received;
  private int arrivalCount;
  private int duplicates;
  private int unexplainedDuplicates;
  private int faultCount;
  private long firstArrivalSinceFault;

  /// @param endpoints whose companies get the events in turn
  public DeliveryAudit(List<AuditedEndpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    for (AuditedEndpoint auditedEndpoint : endpoints) {
      signers.put(auditedEndpoint.companyId(), new Signer(Secret.parse(auditedEndpoint.secret())));
    }
  }

  /// Knowledge about one event.
  private static final class AuditEntry {
    private @Nullable String acceptedEventId;
    private @Nullable String receivedEventId;
    private long checksum;
    private boolean acknowledged;
    private final Set<Integer> acknowledgedIncarnations = new HashSet<>();
  }

  /// The event with this number.
  public AuditedEvent eventFor(int number) {
    return new AuditedEvent(number, endpoints.get(number % endpoints.size()).companyId());
  }

  /// Records that a publish was answered 202.
  public synchronized void accepted(AuditedEvent auditedEvent, String eventId) {
    AuditEntry auditEntry = entryFor(auditedEvent.number());
    if (auditEntry.acceptedEventId == null) {
      auditEntry.acceptedEventId = eventId;
      accepted++;
      if (auditEntry.acknowledged) {
        received++;
      }
    }
    if (!auditEntry.acceptedEventId.equals(eventId)) {
      mismatches.add(
          auditedEvent + " was accepted as " + auditEntry.acceptedEventId + " and as " + eventId);
    } else if (auditEntry.receivedEventId != null && !auditEntry.receivedEventId.equals(eventId)) {
      mismatches.add(
          auditedEvent
              + " was received as "
              + auditEntry.receivedEventId
              + " and was accepted as "
              + eventId);
    }
  }

  /// Records a webhook that was sent by the current incarnation.
  ///
  /// @param acknowledged whether the endpoint responds with a 2xx
  public synchronized void recordArrival(AuditedWebhook auditedWebhook, boolean acknowledged) {
    recordArrival(auditedWebhook, acknowledged, faultCount);
  }

  /// Records a webhook. A webhook that was sent before a fault may arrive after it.
  ///
  /// @param acknowledged whether the endpoint responds with a 2xx
  /// @param incarnation number of faults before the sender connected
  public synchronized void recordArrival(
      AuditedWebhook auditedWebhook, boolean acknowledged, int incarnation) {
    arrivalCount++;
    if (firstArrivalSinceFault == 0 && incarnation == faultCount) {
      firstArrivalSinceFault = System.nanoTime();
    }
    AuditedEvent auditedEvent = identify(auditedWebhook);
    if (auditedEvent == null) {
      return;
    }
    AuditEntry auditEntry = entryFor(auditedEvent.number());
    compare(auditedEvent, auditEntry, auditedWebhook);
    if (acknowledged) {
      acknowledge(auditEntry, incarnation);
    }
  }

  private void acknowledge(AuditEntry auditEntry, int incarnation) {
    boolean isRepeat = !auditEntry.acknowledgedIncarnations.add(incarnation);
    if (auditEntry.acknowledged) {
      duplicates++;
      if (isRepeat) {
        unexplainedDuplicates++;
      }
      duplicatesByFault.merge(faultCount, 1, Integer::sum);
    } else {
      auditEntry.acknowledged = true;
      if (auditEntry.acceptedEventId != null) {
        received++;
      }
    }
  }

  /// The event of a webhook. Null, and a mismatch, if the webhook is invalid, unsigned or of
  /// another company.
  private @Nullable AuditedEvent identify(AuditedWebhook auditedWebhook) {
    Signer signer = signers.get(auditedWebhook.companyId());
    if (signer == null || !signer.sign(auditedWebhook.body()).equals(auditedWebhook.signature())) {
      mismatches.add("invalid signature at the endpoint of company " + auditedWebhook.companyId());
      return null;
    }
    try {
      JsonNode envelope = JsonMapper.shared().readTree(auditedWebhook.body());
      AuditedEvent auditedEvent =
          eventFor(envelope.path("data").path("customerId").asInt(-1) & Integer.MAX_VALUE);
      if (auditedEvent.companyId() == auditedWebhook.companyId()
          && envelope.path("company_id").asLong(-1) == auditedEvent.companyId()
          && envelope
              .path("data")
              .path("displayName")
              .asString("")
              .equals(auditedEvent.displayName())) {
        return auditedEvent;
      }
      mismatches.add("company " + auditedWebhook.companyId() + " received " + envelope);
    } catch (JacksonException e) {
      mismatches.add(
          "company " + auditedWebhook.companyId() + " received invalid JSON: " + e.getMessage());
    }
    return null;
  }

  private void compare(
      AuditedEvent auditedEvent, AuditEntry auditEntry, AuditedWebhook auditedWebhook) {
    CRC32C checksum = new CRC32C();
    checksum.update(auditedWebhook.body());
    if (auditEntry.receivedEventId == null) {
      auditEntry.receivedEventId = auditedWebhook.eventId();
      auditEntry.checksum = checksum.getValue();
    }
    if (!auditEntry.receivedEventId.equals(auditedWebhook.eventId())) {
      mismatches.add(
          auditedEvent
              + " was received as "
              + auditEntry.receivedEventId
              + " and as "
              + auditedWebhook.eventId());
    } else if (auditEntry.checksum != checksum.getValue()) {
      mismatches.add(auditedEvent + " was received with other bytes");
    } else if (auditEntry.acceptedEventId != null
        && !auditEntry.acceptedEventId.equals(auditedWebhook.eventId())) {
      mismatches.add(
          auditedEvent
              + " was accepted as "
              + auditEntry.acceptedEventId
              + ", received as "
              + auditedWebhook.eventId());
    }
  }

  private AuditEntry entryFor(int number) {
    return entriesByNumber.computeIfAbsent(number, _ -> new AuditEntry());
  }

  /// Records a fault. Webhooks that were sent but not yet recorded are sent again after it.
  public synchronized void recordFault() {
    faultCount++;
    firstArrivalSinceFault = 0;
  }

  /// Number of faults so far.
  public synchronized int faultCount() {
    return faultCount;
  }

  /// Arrival of the first webhook that was sent after the last fault, as [System#nanoTime()]; 0 if
  /// there is none.
  public synchronized long firstArrivalSinceFault() {
    return firstArrivalSinceFault;
  }

  /// Number of webhooks received, with duplicates and rejected ones.
  public synchronized int arrivalCount() {
    return arrivalCount;
  }

  /// The current counts.
  public synchronized AuditCounts counts() {
    int maxPerFault =
        duplicatesByFault.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new AuditCounts(
        accepted, received, duplicates, unexplainedDuplicates, maxPerFault, mismatches.size());
  }

  /// Description of each mismatch.
  public synchronized List<String> mismatches() {
    return List.copyOf(mismatches);
  }

  /// Numbers of accepted events without an acknowledged webhook.
  public synchronized List<Integer> lostNumbers() {
    return entriesByNumber.entrySet().stream()
        .filter(entry -> entry.getValue().acceptedEventId != null && !entry.getValue().acknowledged)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
