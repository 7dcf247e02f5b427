package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Backlog;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Ledger;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Remembered;
import com.poolbrain.webhooks.engine.Renewal;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Room;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A ledger in memory, small enough to be seen to be right: one lock, plain collections, and every
/// call a transaction because it is one step.
final class SimulatedLedger implements Ledger {

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConfigurationHistory configuration = new ConfigurationHistory();
  private final Map<UUID, Instant> leases = new LinkedHashMap<>();
  private final Map<UUID, NewEvent> events = new LinkedHashMap<>();
  private final Deliveries deliveries = new Deliveries();
  private final Answers answers = new Answers();
  private int stores;

  /// @param clock the store's time
  SimulatedLedger(InstantSource clock) {
    this.clock = clock;
  }

  private <T> T locked(Supplier<T> call) {
    lock.lock();
    try {
      return call.get();
    } finally {
      lock.unlock();
    }
  }

  /// Configures a company, whole, instead of what it was.
  ///
  /// @return the version of the configuration that this makes
  long configure(Subscriptions company) {
    return locked(() -> configuration.put(company));
  }

  /// Makes all that is remembered of publishes that much older.
  void age(Duration by) {
    locked(() -> {
      answers.age(by);
      return by;
    });
  }

  ConfigurationHistory configuration() {
    return configuration;
  }

  /// All events there are.
  List<NewEvent> events() {
    return locked(() -> List.copyOf(events.values()));
  }

  /// All deliveries there are, as they are.
  List<Delivery> deliveries() {
    return locked(deliveries::all);
  }

  /// How many deliveries are open.
  int unfinished() {
    return locked(deliveries::unfinished);
  }

  /// How many transactions stored something.
  int stores() {
    return stores;
  }

  @Override
  public void begin(UUID incarnation, Duration lease) {
    locked(() -> leases.put(incarnation, clock.instant().plus(lease)));
  }

  @Override
  public Renewal renew(UUID incarnation, Duration lease, long knownVersion) {
    return locked(() -> {
      Instant now = clock.instant();
      boolean alive = leases.replace(incarnation, now.plus(lease)) != null;
      long others =
          leases.entrySet().stream()
              .filter(node -> node.getValue().isAfter(now) && !node.getKey().equals(incarnation))
              .count();
      return new Renewal(
          alive,
          now,
          (int) others + (alive ? 1 : 0),
          configuration.version(),
          configuration.changedSince(alive ? knownVersion : configuration.version()));
    });
  }

  @Override
  public int bury(UUID incarnation) {
    return locked(() -> {
      Instant now = clock.instant();
      leases
          .entrySet()
          .removeIf(node -> node.getValue().isBefore(now) && !node.getKey().equals(incarnation));
      return freeWhatTheDeadOwn();
    });
  }

  @Override
  public void end(UUID incarnation) {
    locked(() -> {
      leases.remove(incarnation);
      return freeWhatTheDeadOwn();
    });
  }

  private int freeWhatTheDeadOwn() {
    return deliveries.free(owner -> !leases.containsKey(owner), clock.instant());
  }

  @Override
  public Map<IdempotencyKey, Remembered> remembered(Collection<IdempotencyKey> keys) {
    return locked(() -> answers.known(keys, clock.instant()));
  }

  @Override
  public Storing store(UUID incarnation, long version, List<Plan> plans) {
    return locked(() -> {
      Instant now = clock.instant();
      if (!leases.containsKey(incarnation)) {
        return Storing.DEAD;
      }
      if (version != configuration.version()) {
        return Storing.STALE;
      }
      for (Plan plan : plans) {
        if (!answers.known(plan.remember().keySet(), now).isEmpty()) {
          return Storing.KEY_KNOWN;
        }
      }
      deliveries.refuseDoubles(plans.stream().flatMap(plan -> plan.deliveries().stream()).toList());
      plans.forEach(plan -> store(incarnation, plan, now));
      stores++;
      return Storing.STORED;
    });
  }

  private void store(UUID incarnation, Plan plan, Instant now) {
    plan.events().forEach(event -> events.put(event.event().id(), event));
    plan.deliveries().forEach(made -> deliveries.keep(new Delivery(made, incarnation, now)));
    answers.remember(plan.remember(), now);
  }

  @Override
  public List<Backlog> backlogs() {
    return locked(deliveries::backlogs);
  }

  @Override
  public List<Claim> claim(UUID incarnation, List<Room> rooms) {
    return locked(() -> {
      if (!leases.containsKey(incarnation)) {
        return List.of();
      }
      Instant now = clock.instant();
      List<Claim> claims = new ArrayList<>();
      for (Room room : rooms) {
        deliveries
            .waiting(room.endpointId(), delivery -> !delivery.dueAt().isAfter(now), room.places())
            .forEach(delivery -> claims.add(delivery.claim(incarnation, now)));
      }
      return claims;
    });
  }

  @Override
  public List<Settled> settle(UUID incarnation, List<Settlement> settlements) {
    return locked(() -> {
      Instant now = clock.instant();
      return settlements.stream()
          .map(settlement -> deliveries.settle(incarnation, settlement, now))
          .toList();
    });
  }

  @Override
  public OptionalInt skip(
      long version, UUID endpointId, SkipReason reason, List<String> keep, int limit) {
    return locked(() -> {
      if (version != configuration.version()) {
        return OptionalInt.empty();
      }
      List<Delivery> ended =
          deliveries.waiting(
              endpointId,
              delivery -> delivery.bySchedule() && !keep.contains(delivery.made().name()),
              limit);
      for (Delivery delivery : ended) {
        delivery.skip(reason, clock.instant());
        deliveries.keep(delivery);
      }
      return OptionalInt.of(ended.size());
    });
  }

  @Override
  public Reopening reopen(UUID incarnation, long companyId, UUID deliveryId) {
    return locked(() -> {
      Delivery delivery = deliveries.of(companyId, deliveryId);
      if (delivery == null) {
        return new Reopening.Unknown();
      }
      if (!leases.containsKey(incarnation) || delivery.owner() != null) {
        return new Reopening.Busy();
      }
      Claim claim = delivery.reopen(incarnation, clock.instant());
      deliveries.keep(delivery);
      return new Reopening.Reopened(claim);
    });
  }

  @Override
  public Cancelling cancel(long companyId, UUID deliveryId) {
    return locked(() -> {
      Delivery delivery = deliveries.of(companyId, deliveryId);
      if (delivery == null) {
        return Cancelling.UNKNOWN;
      }
      if (!delivery.open()) {
        return Cancelling.ENDED;
      }
      if (!delivery.waits() || delivery.ending() != null) {
        return Cancelling.BUSY;
      }
      delivery.skip(SkipReason.CANCELLED, clock.instant());
      deliveries.keep(delivery);
      return Cancelling.CANCELLED;
    });
  }
}
