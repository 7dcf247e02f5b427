package com.poolbrain.webhooks.bench.crash;

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
public final class Books {

  private final List<Subscriber> subscribers;
  private final Map<Long, Signer> signers = new HashMap<>();
  private final Map<Integer, Entry> entries = new HashMap<>();
  private final Map<Integer, Integer> duplicatesByFault = new HashMap<>();
  private final List<String> wrongs = new ArrayList<>();
  private int accepted;
  private int received;
  private int arrivals;
  private int duplicates;
  private int unexplained;
  private int faults;
  private long firstSinceFault;

  /// @param subscribers whose events are published, in turn
  public Books(List<Subscriber> subscribers) {
    this.subscribers = List.copyOf(subscribers);
    for (Subscriber subscriber : subscribers) {
      signers.put(subscriber.id(), new Signer(Secret.parse(subscriber.secret())));
    }
  }

  /// What is known of one item.
  private static final class Entry {
    private @Nullable String acceptedAs;
    private @Nullable String arrivedAs;
    private long checksum;
    private boolean taken;
    private final Set<Integer> takenFrom = new HashSet<>();
  }

  /// What is published under that number.
  public Item item(int number) {
    return new Item(number, subscribers.get(number % subscribers.size()).id());
  }

  /// A publish was answered 202.
  public synchronized void accepted(Item item, String eventId) {
    Entry entry = entry(item.number());
    if (entry.acceptedAs == null) {
      entry.acceptedAs = eventId;
      accepted++;
      if (entry.taken) {
        received++;
      }
    }
    if (!entry.acceptedAs.equals(eventId)) {
      wrongs.add(item + " was accepted as " + entry.acceptedAs + " and as " + eventId);
    } else if (entry.arrivedAs != null && !entry.arrivedAs.equals(eventId)) {
      wrongs.add(item + " arrived as " + entry.arrivedAs + " and was accepted as " + eventId);
    }
  }

  /// A webhook arrived, from whoever lives now.
  ///
  /// @param taken whether the consumer answers with a 2xx
  public synchronized void arrived(Webhook webhook, boolean taken) {
    arrived(webhook, taken, faults);
  }

  /// A webhook arrived. What was sent before a fault may arrive after it.
  ///
  /// @param taken whether the consumer answers with a 2xx
  /// @param life how many faults there were when its sender connected
  synchronized void arrived(Webhook webhook, boolean taken, int life) {
    arrivals++;
    if (firstSinceFault == 0 && life == faults) {
      firstSinceFault = System.nanoTime();
    }
    Item item = identify(webhook);
    if (item == null) {
      return;
    }
    Entry entry = entry(item.number());
    compare(item, entry, webhook);
    if (taken) {
      take(entry, life);
    }
  }

  private void take(Entry entry, int life) {
    boolean again = !entry.takenFrom.add(life);
    if (entry.taken) {
      duplicates++;
      if (again) {
        unexplained++;
      }
      duplicatesByFault.merge(faults, 1, Integer::sum);
    } else {
      entry.taken = true;
      if (entry.acceptedAs != null) {
        received++;
      }
    }
  }

  /// The item in a webhook; null, and wrong, if it is none or not its endpoint's or not signed.
  private @Nullable Item identify(Webhook webhook) {
    Signer signer = signers.get(webhook.company());
    if (signer == null || !signer.sign(webhook.body()).equals(webhook.signature())) {
      wrongs.add("a bad signature at the endpoint of company " + webhook.company());
      return null;
    }
    try {
      JsonNode envelope = JsonMapper.shared().readTree(webhook.body());
      Item item = item(envelope.path("data").path("customerId").asInt(-1) & Integer.MAX_VALUE);
      if (item.company() == webhook.company()
          && envelope.path("company_id").asLong(-1) == item.company()
          && envelope.path("data").path("displayName").asString("").equals(item.name())) {
        return item;
      }
      wrongs.add("company " + webhook.company() + " got " + envelope);
    } catch (JacksonException e) {
      wrongs.add("company " + webhook.company() + " got what is no JSON: " + e.getMessage());
    }
    return null;
  }

  private void compare(Item item, Entry entry, Webhook webhook) {
    CRC32C sum = new CRC32C();
    sum.update(webhook.body());
    if (entry.arrivedAs == null) {
      entry.arrivedAs = webhook.eventId();
      entry.checksum = sum.getValue();
    }
    if (!entry.arrivedAs.equals(webhook.eventId())) {
      wrongs.add(item + " arrived as " + entry.arrivedAs + " and as " + webhook.eventId());
    } else if (entry.checksum != sum.getValue()) {
      wrongs.add(item + " arrived with other bytes");
    } else if (entry.acceptedAs != null && !entry.acceptedAs.equals(webhook.eventId())) {
      wrongs.add(item + " was accepted as " + entry.acceptedAs + ", came as " + webhook.eventId());
    }
  }

  private Entry entry(int number) {
    return entries.computeIfAbsent(number, _ -> new Entry());
  }

  /// Something was killed: what it had sent and not recorded comes again.
  public synchronized void fault() {
    faults++;
    firstSinceFault = 0;
  }

  /// How many faults there were.
  synchronized int faults() {
    return faults;
  }

  /// When the first webhook came that was sent after the last fault, by the monotonic clock; 0 if
  /// none has.
  synchronized long firstSinceFault() {
    return firstSinceFault;
  }

  /// How many webhooks came, duplicates and refused ones included.
  public synchronized int arrivals() {
    return arrivals;
  }

  /// What stands in the books now.
  public synchronized Count count() {
    int most = duplicatesByFault.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new Count(accepted, received, duplicates, unexplained, most, wrongs.size());
  }

  /// Each wrong webhook, in words.
  public synchronized List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  /// The numbers of what was promised and has not arrived.
  public synchronized List<Integer> lost() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().acceptedAs != null && !entry.getValue().taken)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
