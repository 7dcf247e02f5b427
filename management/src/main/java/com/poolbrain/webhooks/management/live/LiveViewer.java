package com.poolbrain.webhooks.management.live;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One reader of the live log. What it has not taken yet is kept once for each delivery, in its
/// latest state, and up to a limit.
///
/// ```java
/// try (LiveViewer viewer = live.watch(principal, sessionId, filter)) {
///   for (LiveBatch batch = viewer.next(); batch != null; batch = viewer.next()) {
///     show(batch);
///   }
/// }
/// ```
public final class LiveViewer implements AutoCloseable {

  /// The deliveries that a viewer shows at most.
  static final int MAX_SHOWN = 200;

  /// The deliveries that wait for a viewer at most.
  static final int MAX_WAITING = 100;

  /// After how long [#next()] returns without anything to tell.
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final UUID sessionId;
  private final DeliveryFilter filter;
  private final UUID firstNewId;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<UUID> shown = new LinkedHashSet<>();
  private final Map<UUID, LoggedDelivery> waiting = new LinkedHashMap<>();
  private boolean isComplete = true;
  private boolean isClosed;

  /// @param firstNewId older deliveries than this one are told only if they are shown
  LiveViewer(UUID sessionId, DeliveryFilter filter, UUID firstNewId, Clock clock) {
    this.sessionId = sessionId;
    this.filter = filter;
    this.firstNewId = firstNewId;
    this.clock = clock;
  }

  long companyId() {
    return filter.companyId();
  }

  UUID sessionId() {
    return sessionId;
  }

  /// Adds the first page.
  ///
  /// @param page newest first
  void begin(List<LoggedDelivery> page) {
    lock.lock();
    try {
      page.reversed()
          .forEach(delivery -> {
            shown.add(delivery.id());
            waiting.putIfAbsent(delivery.id(), delivery);
          });
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Adds what matches the filter, or is shown.
  ///
  /// @param areAll whether no other delivery may have changed
  void offer(Collection<LoggedDelivery> deliveries, boolean areAll) {
    lock.lock();
    try {
      for (LoggedDelivery delivery : deliveries) {
        if (isOfInterest(delivery)) {
          shown.add(delivery.id());
          waiting.put(delivery.id(), delivery);
        }
      }
      removeOldest(shown, MAX_SHOWN);
      boolean isCut = removeOldest(waiting.keySet(), MAX_WAITING);
      isComplete &= areAll && !isCut;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOfInterest(LoggedDelivery delivery) {
    return shown.contains(delivery.id())
        || (UuidV7.ORDER.compare(delivery.id(), firstNewId) >= 0 && filter.matches(delivery));
  }

  private static boolean removeOldest(Set<UUID> ids, int maxSize) {
    int surplus = ids.size() - maxSize;
    Iterator<UUID> oldest = ids.iterator();
    for (int i = 0; i < surplus; i++) {
      oldest.next();
      oldest.remove();
    }
    return surplus > 0;
  }

  /// The ids of the deliveries that are shown.
  List<UUID> shown() {
    lock.lock();
    try {
      return List.copyOf(shown);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what is new, at most for some seconds.
  ///
  /// @return null if the viewer is closed
  public @Nullable LiveBatch next() throws InterruptedException {
    lock.lock();
    try {
      clock.awaitUntil(changed, HEARTBEAT, () -> isClosed || !waiting.isEmpty() || !isComplete);
      if (isClosed) {
        return null;
      }
      LiveBatch batch = new LiveBatch(List.copyOf(waiting.values()), isComplete);
      waiting.clear();
      isComplete = true;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /// Ends [#next()]. May be called several times, and by any thread.
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
