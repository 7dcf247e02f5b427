package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.management.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Caches the principals of API keys for a second, so that a busy publisher costs one look-up a
/// second and a revoked key is rejected within one. An entry in use is refreshed in the background
/// when half of its time is over. Concurrent requests share the look-up of their key.
final class ApiKeyCache {

  private static final long TTL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long KNOWN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MAX_ENTRIES = 10_000;

  /// A principal that was valid when it was loaded.
  private record Entry(Principal principal, long loadedAtNanos, AtomicBoolean refreshing) {}

  private final Function<String, @Nullable Principal> lookup;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, FutureTask<Optional<Principal>>> running =
      new ConcurrentHashMap<>();

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

  /// Whether a key was valid within the last minute, or is being looked up. Never blocks.
  boolean isKnown(String key) {
    Entry entry = entries.get(key);
    return running.containsKey(key)
        || (entry != null && nanoTime.getAsLong() - entry.loadedAtNanos() < KNOWN_NANOS);
  }

  /// The look-up of a key, which runs when its result is asked for: the principal, or null if the
  /// key is not valid. Only that may block.
  Supplier<@Nullable Principal> prepareLookUp(String key) {
    FutureTask<Optional<Principal>> task = running.computeIfAbsent(key, this::newLookUp);
    return () -> await(task);
  }

  private FutureTask<Optional<Principal>> newLookUp(String key) {
    return new FutureTask<>(() -> {
      try {
        return Optional.ofNullable(lookUp(key));
      } finally {
        running.remove(key);
      }
    });
  }

  /// Runs the look-up, unless another request does so already.
  private static @Nullable Principal await(FutureTask<Optional<Principal>> task) {
    task.run();
    try {
      return task.get().orElse(null);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          Problem.unavailable("The service is stopping.", Duration.ofSeconds(5)));
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(failure);
      }
    }
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
