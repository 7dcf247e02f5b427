package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The stored responses to publish requests with an idempotency key. Guarded by the lock of
/// [SimulatedLedger].
final class SimulatedIdempotencyStore {

  private static final Duration KEY_LIFETIME = Duration.ofHours(24);

  private final Map<IdempotencyKey, Entry> entries = new HashMap<>();
  private Duration ageOffset = Duration.ZERO;

  private record Entry(StoredResponse storedResponse, Instant storedAt) {}

  /// Makes every entry older.
  void age(Duration by) {
    ageOffset = ageOffset.plus(by);
  }

  Map<IdempotencyKey, StoredResponse> find(Collection<IdempotencyKey> keys, Instant now) {
    Map<IdempotencyKey, StoredResponse> found = new LinkedHashMap<>();
    for (IdempotencyKey key : keys) {
      Entry entry = entries.get(key);
      if (entry != null && entry.storedAt().plus(KEY_LIFETIME).isAfter(now.plus(ageOffset))) {
        found.put(key, entry.storedResponse());
      }
    }
    return found;
  }

  void store(Map<IdempotencyKey, StoredResponse> responses, Instant now) {
    responses.forEach(
        (key, response) -> entries.put(key, new Entry(response, now.plus(ageOffset))));
  }
}
