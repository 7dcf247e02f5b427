package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelOutcome;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A ledger in memory, simple enough to be checked by reading: one lock and plain collections.
/// Every call is a transaction because it is one step of the scheduler.
public final class SimulatedLedger implements Ledger {

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConfigurationHistory configuration = new ConfigurationHistory();
  private final Map<UUID, Instant> leases = new LinkedHashMap<>();
  private final Map<UUID, NewEvent> events = new LinkedHashMap<>();
  private final SimulatedDeliveries deliveries = new SimulatedDeliveries();
  private final SimulatedIdempotencyStore idempotencyStore = new SimulatedIdempotencyStore();
  private int storeCount;

  /// @param clock the database's time
  /// @param nanoTime monotonic time, for the history of the configuration
  SimulatedLedger(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  private <T> T withLock(Supplier<T> call) {
    lock.lock();
    try {
      return call.get();
    } finally {
      lock.unlock();
    }
  }

  /// Replaces the configuration of a company.
  ///
  /// @return the new version of the configuration
  public long configure(CompanyConfig company) {
    return withLock(() -> configuration.add(company, nanoTime.getAsLong()));
  }

  /// Makes every idempotency key older.
  void age(Duration by) {
    withLock(() -> {
      idempotencyStore.age(by);
      return by;
    });
  }

  public ConfigurationHistory configuration() {
    return configuration;
  }

  /// All events.
  public List<NewEvent> events() {
    return withLock(() -> List.copyOf(events.values()));
  }

  /// All deliveries, in the order of storing.
  public List<SimulatedDelivery> deliveries() {
    return withLock(deliveries::all);
  }

  /// The number of open deliveries.
  public int openDeliveryCount() {
    return withLock(deliveries::openCount);
  }

  /// The number of transactions that stored events.
  public int storeCount() {
    return storeCount;
  }

  @Override
  public void registerNode(UUID incarnation, Duration lease) {
    withLock(() -> leases.put(incarnation, clock.instant().plus(lease)));
  }

  @Override
  public LeaseRenewal renewLease(UUID incarnation, Duration lease, long knownVersion) {
    return withLock(() -> {
      Instant now = clock.instant();
      boolean isAlive = leases.replace(incarnation, now.plus(lease)) != null;
      long otherLiveNodes =
          leases.entrySet().stream()
              .filter(entry -> entry.getValue().isAfter(now) && !entry.getKey().equals(incarnation))
              .count();
      return new LeaseRenewal(
          isAlive,
          now,
          (int) otherLiveNodes + (isAlive ? 1 : 0),
          configuration.version(),
          configuration.changedSince(isAlive ? knownVersion : configuration.version()));
    });
  }

  @Override
  public int expireDeadNodes(UUID incarnation) {
    return withLock(() -> {
      Instant now = clock.instant();
      leases
          .entrySet()
          .removeIf(entry -> entry.getValue().isBefore(now) && !entry.getKey().equals(incarnation));
      return releaseDeliveriesOfDeadNodes();
    });
  }

  @Override
  public void deregisterNode(UUID incarnation) {
    withLock(() -> {
      leases.remove(incarnation);
      return releaseDeliveriesOfDeadNodes();
    });
  }

  private int releaseDeliveriesOfDeadNodes() {
    return deliveries.release(owner -> !leases.containsKey(owner), clock.instant());
  }

  @Override
  public Map<IdempotencyKey, StoredResponse> findStoredResponses(Collection<IdempotencyKey> keys) {
    return withLock(() -> idempotencyStore.find(keys, clock.instant()));
  }

  @Override
  public StoreResult store(UUID incarnation, long version, List<Plan> plans) {
    return withLock(() -> {
      Instant now = clock.instant();
      if (!leases.containsKey(incarnation)) {
        return StoreResult.NODE_DEAD;
      }
      if (version != configuration.version()) {
        return StoreResult.STALE_CONFIG;
      }
      for (Plan plan : plans) {
        if (!idempotencyStore.find(plan.storedResponses().keySet(), now).isEmpty()) {
          return StoreResult.DUPLICATE_KEY;
        }
      }
      deliveries.rejectDuplicates(
          plans.stream().flatMap(plan -> plan.deliveries().stream()).toList());
      plans.forEach(plan -> store(incarnation, plan, now));
      storeCount++;
      return StoreResult.STORED;
    });
  }

  private void store(UUID incarnation, Plan plan, Instant now) {
    plan.events().forEach(event -> events.put(event.event().id(), event));
    plan.deliveries()
        .forEach(
            newDelivery -> deliveries.save(new SimulatedDelivery(newDelivery, incarnation, now)));
    idempotencyStore.store(plan.storedResponses(), now);
  }

  @Override
  public List<UnownedBacklog> unownedBacklogs() {
    return withLock(deliveries::unownedBacklogs);
  }

  @Override
  public List<Claim> claim(UUID incarnation, List<ClaimRequest> requests) {
    return withLock(() -> {
      if (!leases.containsKey(incarnation)) {
        return List.of();
      }
      Instant now = clock.instant();
      List<Claim> claims = new ArrayList<>();
      for (ClaimRequest request : requests) {
        deliveries
            .findUnowned(
                request.endpointId(),
                delivery -> !delivery.dueAt().isAfter(now),
                request.maxClaims())
            .forEach(delivery -> claims.add(delivery.claim(incarnation, now)));
      }
      return claims;
    });
  }

  @Override
  public List<RecordedResult> recordResults(UUID incarnation, List<AttemptResult> results) {
    return withLock(() ->
        results.stream().map(result -> deliveries.recordResult(incarnation, result)).toList());
  }

  @Override
  public Optional<List<SkippedDelivery>> skipUnowned(
      long version, UUID endpointId, SkipReason reason, List<String> keptNames, int limit) {
    return withLock(() -> {
      if (version != configuration.version()) {
        return Optional.empty();
      }
      List<SimulatedDelivery> skipped =
          deliveries.findUnowned(
              endpointId,
              delivery ->
                  delivery.isSkippable()
                      && delivery.info().trigger() == Trigger.AUTOMATIC
                      && !keptNames.contains(delivery.info().eventName()),
              limit);
      for (SimulatedDelivery delivery : skipped) {
        delivery.skip(reason, clock.instant());
        deliveries.save(delivery);
      }
      return Optional.of(skipped.stream().map(SimulatedLedger::skippedDelivery).toList());
    });
  }

  @Override
  public ReopenResult reopen(UUID incarnation, long companyId, UUID deliveryId) {
    return withLock(() -> {
      SimulatedDelivery delivery = deliveries.find(companyId, deliveryId);
      if (delivery == null) {
        return new ReopenResult.NotFound();
      }
      if (!leases.containsKey(incarnation) || delivery.owner() != null) {
        return new ReopenResult.Busy();
      }
      Claim claim = delivery.reopen(incarnation, clock.instant());
      deliveries.save(delivery);
      return new ReopenResult.Reopened(claim);
    });
  }

  @Override
  public CancelOutcome cancel(long companyId, UUID deliveryId) {
    return withLock(() -> {
      SimulatedDelivery delivery = deliveries.find(companyId, deliveryId);
      if (delivery == null) {
        return CancelOutcome.unchanged(CancelResult.NOT_FOUND);
      }
      if (!delivery.isOpen()) {
        return CancelOutcome.unchanged(CancelResult.ALREADY_ENDED);
      }
      if (!delivery.isSkippable()) {
        return CancelOutcome.unchanged(CancelResult.BUSY);
      }
      delivery.skip(SkipReason.CANCELLED, clock.instant());
      deliveries.save(delivery);
      return CancelOutcome.cancelled(
          new DeliveriesSkipped(
              companyId,
              delivery.info().endpointId(),
              SkipReason.CANCELLED,
              List.of(skippedDelivery(delivery))));
    });
  }

  private static SkippedDelivery skippedDelivery(SimulatedDelivery delivery) {
    return new SkippedDelivery(delivery.id(), delivery.info().eventName());
  }
}
