package com.poolbrain.webhooks.server.http;

import com.poolbrain.webhooks.engine.LedgerException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Remembers for a second who holds a key, so that a busy publisher costs one look-up a second and
/// a revoked key stops within one. An entry that is in use is looked up again, in the background,
/// when half of its time is over.
final class KeyCache {

  private static final long LIFE = Duration.ofSeconds(1).toNanos();
  private static final int ENTRIES = 10_000;

  private record Entry(Caller caller, long since, AtomicBoolean renewing) {}

  private final Keys keys;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  KeyCache(Keys keys, Executor executor, LongSupplier nanoTime) {
    this.keys = keys;
    this.executor = executor;
    this.nanoTime = nanoTime;
  }

  /// Who held this key within the last second, as far as known without asking; else null. Never
  /// blocks.
  @Nullable Caller cached(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    long age = nanoTime.getAsLong() - entry.since();
    if (age >= LIFE) {
      return null;
    }
    if (age >= LIFE / 2 && entry.renewing().compareAndSet(false, true)) {
      executor.execute(() -> renew(key));
    }
    return entry.caller();
  }

  /// Who holds this key; null if nobody does. May block.
  @Nullable Caller find(String key) {
    Caller caller = cached(key);
    return caller == null ? ask(key) : caller;
  }

  private @Nullable Caller ask(String key) {
    long since = nanoTime.getAsLong();
    Caller caller = keys.find(key);
    if (caller == null) {
      entries.remove(key);
    } else {
      if (entries.size() >= ENTRIES) {
        entries.values().removeIf(entry -> since - entry.since() >= LIFE);
      }
      if (entries.size() < ENTRIES) {
        entries.put(key, new Entry(caller, since, new AtomicBoolean()));
      }
    }
    return caller;
  }

  private void renew(String key) {
    try {
      ask(key);
    } catch (LedgerException _) {
      // The entry ends by itself; the next request asks again and is told.
    }
  }
}
