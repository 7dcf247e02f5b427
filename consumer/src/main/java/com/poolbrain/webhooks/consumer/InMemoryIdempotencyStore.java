package com.poolbrain.webhooks.consumer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Remembers handled deliveries in the memory of this process. A restart forgets them, and other
/// processes don't see them, so production needs a database, such as `JdbcIdempotencyStore`.
public final class InMemoryIdempotencyStore implements IdempotencyStore {

  /// The most deliveries that are remembered unless chosen otherwise.
  public static final int DEFAULT_MAX_DELIVERIES = 100_000;

  /// How long a handled delivery is remembered unless chosen otherwise. Longer than the automatic
  /// retries of a delivery, which end after about 50 minutes.
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(1);

  /// Before `until` it is claimed or remembered, afterwards it is free or forgotten.
  private record Entry(UUID token, boolean completed, Instant until) {}

  private record Completion(UUID id, UUID token, Instant until) {}

  private final int maxDeliveries;
  private final Duration retention;
  private final InstantSource clock;
  private final Map<UUID, Entry> entries = new HashMap<>();
  private final ArrayDeque<Completion> completions = new ArrayDeque<>();

  /// An empty store with the default limits.
  public InMemoryIdempotencyStore() {
    this(DEFAULT_MAX_DELIVERIES, DEFAULT_RETENTION, InstantSource.system());
  }

  /// An empty store.
  ///
  /// @param maxDeliveries after so many the delivery that was completed first is forgotten
  /// @param retention how long a completed delivery is remembered
  public InMemoryIdempotencyStore(int maxDeliveries, Duration retention, InstantSource clock) {
    if (maxDeliveries < 1) {
      throw new IllegalArgumentException("maxDeliveries must be at least 1.");
    }
    this.maxDeliveries = maxDeliveries;
    this.retention = retention;
    this.clock = clock;
  }

  /// @throws IllegalStateException if the store is full of deliveries that are being handled
  @Override
  public synchronized ClaimResult claim(UUID id, Duration lease) {
    Instant now = clock.instant();
    forgetCompletedUntil(now);
    Entry entry = entries.get(id);
    if (entry != null && entry.until().isAfter(now)) {
      return entry.completed() ? new ClaimResult.Completed() : new ClaimResult.InProgress();
    }
    if (entry == null) {
      makeRoom();
    }
    var claim = new Claim(id, UUID.randomUUID());
    entries.put(id, new Entry(claim.token(), false, now.plus(lease)));
    return claim;
  }

  @Override
  public synchronized boolean complete(Claim claim) {
    Entry entry = entries.get(claim.id());
    if (entry == null || !entry.token().equals(claim.token())) {
      return false;
    }
    if (!entry.completed()) {
      Instant until = clock.instant().plus(retention);
      entries.put(claim.id(), new Entry(claim.token(), true, until));
      completions.add(new Completion(claim.id(), claim.token(), until));
    }
    return true;
  }

  @Override
  public synchronized void release(Claim claim) {
    Entry entry = entries.get(claim.id());
    if (entry != null && !entry.completed() && entry.token().equals(claim.token())) {
      entries.remove(claim.id());
    }
  }

  private void forgetCompletedUntil(Instant now) {
    for (Completion first = completions.peek();
        first != null && !first.until().isAfter(now);
        first = completions.peek()) {
      forgetFirst();
    }
  }

  private void makeRoom() {
    if (entries.size() < maxDeliveries) {
      return;
    }
    if (completions.isEmpty()) {
      throw new IllegalStateException(
          "All " + maxDeliveries + " deliveries of the store are being handled; try again later.");
    }
    forgetFirst();
  }

  private void forgetFirst() {
    Completion first = completions.remove();
    Entry entry = entries.get(first.id());
    if (entry != null && entry.token().equals(first.token())) {
      entries.remove(first.id());
    }
  }
}
