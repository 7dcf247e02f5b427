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

/// Counts what was promised and what arrived: publishers note what got a 202, consumers note each
/// webhook, and whoever kills something notes that.
///
/// ```java
/// Books books = new Books(List.of(new Subscriber(40, secret)));
/// Item item = books.item(7);
/// books.accepted(item, "0197…");
/// books.arrived(webhook, true);
/// assert books.count().lost() == 0;
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

  /// @param endpoints whose events are published, in turn
  public DeliveryAudit(List<AuditedEndpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    for (AuditedEndpoint auditedEndpoint : endpoints) {
      signers.put(auditedEndpoint.companyId(), new Signer(Secret.parse(auditedEndpoint.secret())));
    }
  }

  /// What is known of one item.
  private static final class AuditEntry {
    private @Nullable String acceptedEventId;
    private @Nullable String receivedEventId;
    private long checksum;
    private boolean acknowledged;
    private final Set<Integer> acknowledgedIncarnations = new HashSet<>();
  }

  /// What is published under that number.
  public AuditedEvent eventFor(int number) {
    return new AuditedEvent(number, endpoints.get(number % endpoints.size()).companyId());
  }

  /// A publish was answered 202.
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
              + " arrived as "
              + auditEntry.receivedEventId
              + " and was accepted as "
              + eventId);
    }
  }

  /// A webhook arrived, from whoever lives now.
  ///
  /// @param acknowledged whether the consumer answers with a 2xx
  public synchronized void recordArrival(AuditedWebhook auditedWebhook, boolean acknowledged) {
    recordArrival(auditedWebhook, acknowledged, faultCount);
  }

  /// A webhook arrived. What was sent before a fault may arrive after it.
  ///
  /// @param acknowledged whether the consumer answers with a 2xx
  /// @param incarnation how many faults there were when its sender connected
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

  /// The item in a webhook; null, and wrong, if it is none or not its endpoint's or not signed.
  private @Nullable AuditedEvent identify(AuditedWebhook auditedWebhook) {
    Signer signer = signers.get(auditedWebhook.companyId());
    if (signer == null || !signer.sign(auditedWebhook.body()).equals(auditedWebhook.signature())) {
      mismatches.add("a bad signature at the endpoint of company " + auditedWebhook.companyId());
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
      mismatches.add("company " + auditedWebhook.companyId() + " got " + envelope);
    } catch (JacksonException e) {
      mismatches.add(
          "company " + auditedWebhook.companyId() + " got what is no JSON: " + e.getMessage());
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
              + " arrived as "
              + auditEntry.receivedEventId
              + " and as "
              + auditedWebhook.eventId());
    } else if (auditEntry.checksum != checksum.getValue()) {
      mismatches.add(auditedEvent + " arrived with other bytes");
    } else if (auditEntry.acceptedEventId != null
        && !auditEntry.acceptedEventId.equals(auditedWebhook.eventId())) {
      mismatches.add(
          auditedEvent
              + " was accepted as "
              + auditEntry.acceptedEventId
              + ", came as "
              + auditedWebhook.eventId());
    }
  }

  private AuditEntry entryFor(int number) {
    return entriesByNumber.computeIfAbsent(number, _ -> new AuditEntry());
  }

  /// Something was killed: what it had sent and not recorded comes again.
  public synchronized void recordFault() {
    faultCount++;
    firstArrivalSinceFault = 0;
  }

  /// How many faults there were.
  public synchronized int faultCount() {
    return faultCount;
  }

  /// When the first webhook came that was sent after the last fault, by the monotonic clock; 0 if
  /// none has.
  public synchronized long firstArrivalSinceFault() {
    return firstArrivalSinceFault;
  }

  /// How many webhooks came, duplicates and refused ones included.
  public synchronized int arrivalCount() {
    return arrivalCount;
  }

  /// What stands in the books now.
  public synchronized AuditCounts counts() {
    int maxPerFault =
        duplicatesByFault.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new AuditCounts(
        accepted, received, duplicates, unexplainedDuplicates, maxPerFault, mismatches.size());
  }

  /// Each wrong webhook, in words.
  public synchronized List<String> mismatches() {
    return List.copyOf(mismatches);
  }

  /// The numbers of what was promised and has not arrived.
  public synchronized List<Integer> lostNumbers() {
    return entriesByNumber.entrySet().stream()
        .filter(entry -> entry.getValue().acceptedEventId != null && !entry.getValue().acknowledged)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
