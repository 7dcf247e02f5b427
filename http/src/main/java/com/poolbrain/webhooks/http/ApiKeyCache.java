package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.management.Principal;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Remembers for a second who holds a key, so that a busy publisher costs one look-up a second and
/// a revoked key stops within one. An entry that is in use is looked up again, in the background,
/// when half of its time is over.
final class ApiKeyCache {

  private static final long TTL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_ENTRIES = 10_000;

  private record Entry(Principal principal, long loadedAtNanos, AtomicBoolean refreshing) {}

  private final ApiKeyLookup apiKeyLookup;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  ApiKeyCache(ApiKeyLookup apiKeyLookup, Executor executor, LongSupplier nanoTime) {
    this.apiKeyLookup = apiKeyLookup;
    this.executor = executor;
    this.nanoTime = nanoTime;
  }

  /// Who held this key within the last second, as far as known without asking; else null. Never
  /// blocks.
  @Nullable Principal findCached(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    long age = nanoTime.getAsLong() - entry.loadedAtNanos();
    if (age >= TTL_NANOS) {
      return null;
    }
    if (age >= TTL_NANOS / 2 && entry.refreshing().compareAndSet(false, true)) {
      executor.execute(() -> refresh(key));
    }
    return entry.principal();
  }

  /// Who holds this key; null if nobody does. May block.
  @Nullable Principal find(String key) {
    Principal principal = findCached(key);
    return principal == null ? lookUp(key) : principal;
  }

  private @Nullable Principal lookUp(String key) {
    long loadedAtNanos = nanoTime.getAsLong();
    Principal principal = apiKeyLookup.find(key);
    if (principal == null) {
      entries.remove(key);
    } else {
      if (entries.size() >= MAX_ENTRIES) {
        entries.values().removeIf(entry -> loadedAtNanos - entry.loadedAtNanos() >= TTL_NANOS);
      }
      if (entries.size() < MAX_ENTRIES) {
        entries.put(key, new Entry(principal, loadedAtNanos, new AtomicBoolean()));
      }
    }
    return principal;
  }

  private void refresh(String key) {
    try {
      lookUp(key);
    } catch (LedgerException _) {
      // The entry ends by itself; the next request asks again and is told.
    }
  }
}
