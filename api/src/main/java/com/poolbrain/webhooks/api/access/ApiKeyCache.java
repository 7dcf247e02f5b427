package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.management.Principal;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Caches the principals of API keys for a second, so that a busy publisher costs one look-up a
/// second and a revoked key is rejected within one. An entry in use is refreshed in the background
/// when half of its time is over.
final class ApiKeyCache {

  private static final long TTL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_ENTRIES = 10_000;

  private record Entry(Principal principal, long loadedAtNanos, AtomicBoolean refreshing) {}

  private final Function<String, @Nullable Principal> lookup;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  ApiKeyCache(
      Function<String, @Nullable Principal> lookup, Executor executor, LongSupplier nanoTime) {
    this.lookup = lookup;
    this.executor = executor;
    this.nanoTime = nanoTime;
  }

  /// The cached principal of a key; null if there is none, or it is too old. Never blocks.
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

  /// The principal of a key; null if the key is not valid. May block.
  @Nullable Principal find(String key) {
    Principal principal = findCached(key);
    return principal == null ? lookUp(key) : principal;
  }

  private @Nullable Principal lookUp(String key) {
    long loadedAtNanos = nanoTime.getAsLong();
    Principal principal = lookup.apply(key);
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
      // The entry expires, and the next request reports the failure.
    }
  }
}
