package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Ends what waits without an owner for endpoints that may not be sent to any more: deleted,
/// paused, switched off, or un-ticked.
final class Sweeping {

  private static final int AT_ONCE = 1_000;

  private final Ledger ledger;
  private final Function<String, @Nullable EventType> types;
  private final Watch watch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, Long> waiting = new LinkedHashMap<>();

  /// @param types event types by any of their names
  Sweeping(Ledger ledger, Function<String, @Nullable EventType> types, Watch watch) {
    this.ledger = ledger;
    this.types = types;
    this.watch = watch;
  }

  /// Something of that endpoint may have to end, as of that configuration version.
  void add(UUID endpointId, long version) {
    lock.lock();
    try {
      waiting.put(endpointId, version);
    } finally {
      lock.unlock();
    }
  }

  /// Ends one batch for each endpoint.
  ///
  /// @return whether there may be more to end
  boolean sweep(Directory directory) {
    for (UUID endpointId : snapshot()) {
      Directory.Place place = directory.place(endpointId);
      if (place == null || sweep(directory.version(), place)) {
        done(endpointId, directory.version());
      }
    }
    return !snapshot().isEmpty();
  }

  /// Says whether all is done for that endpoint.
  private boolean sweep(long version, Directory.Place place) {
    SkipReason closed = place.subscriptions().closed(place.endpoint());
    SkipReason reason = closed == null ? SkipReason.UNSUBSCRIBED : closed;
    List<String> keep = closed == null ? namesOfTicked(place) : List.of();
    UUID endpointId = place.endpoint().id();
    OptionalInt ended = ledger.skip(version, endpointId, reason, keep, AT_ONCE);
    if (ended.orElse(0) > 0) {
      watch.skipped(new Skipped(endpointId, reason, ended.getAsInt()));
    }
    return ended.isPresent() && ended.getAsInt() < AT_ONCE;
  }

  /// All names of all types that are ticked under any name.
  private List<String> namesOfTicked(Directory.Place place) {
    Set<String> keep = new LinkedHashSet<>();
    for (String name : place.endpoint().names()) {
      EventType type = types.apply(name);
      keep.add(name);
      if (type != null) {
        keep.add(type.name());
        keep.addAll(type.aliases());
      }
    }
    return new ArrayList<>(keep);
  }

  private List<UUID> snapshot() {
    lock.lock();
    try {
      return new ArrayList<>(waiting.keySet());
    } finally {
      lock.unlock();
    }
  }

  private void done(UUID endpointId, long version) {
    lock.lock();
    try {
      waiting.computeIfPresent(endpointId, (_, added) -> added <= version ? null : added);
    } finally {
      lock.unlock();
    }
  }
}
