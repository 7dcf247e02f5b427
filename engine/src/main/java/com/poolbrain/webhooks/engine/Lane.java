package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Width;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What waits and runs for one endpoint. Guarded by the lock of [Lanes].
final class Lane {

  /// Where a lane stands in line.
  enum Line {
    /// Nowhere: nothing waits, or all it may run runs.
    NONE,
    /// For its company's turn.
    READY,
    /// For its turn among narrow lanes.
    HELD,
    /// For its rate to allow the next.
    THROTTLED
  }

  final UUID endpointId;
  final Tenant tenant;
  Line line = Line.NONE;
  boolean letIn;
  Width width = Width.UNPROVEN;
  int running;
  int reserved;

  private final ArrayDeque<Owned> firsts = new ArrayDeque<>(4);
  private final ArrayDeque<Owned> retries = new ArrayDeque<>(0);
  private boolean retryNext;
  private @Nullable TokenBucket bucket;

  Lane(UUID endpointId, Tenant tenant) {
    this.endpointId = endpointId;
    this.tenant = tenant;
  }

  void add(Owned owned) {
    queueOf(owned).add(owned);
  }

  void putBack(Owned owned) {
    queueOf(owned).addFirst(owned);
  }

  private ArrayDeque<Owned> queueOf(Owned owned) {
    return owned.claim().attempts() == 0 ? firsts : retries;
  }

  boolean hasWork() {
    return !firsts.isEmpty() || !retries.isEmpty();
  }

  /// Claims that wait.
  int waiting() {
    return firsts.size() + retries.size();
  }

  /// Claims that wait, and places that are kept for some.
  int size() {
    return waiting() + reserved;
  }

  /// The next claim: first attempts oldest first, in turn with retries, so that neither starves.
  Owned take() {
    boolean retry = firsts.isEmpty() || (retryNext && !retries.isEmpty());
    retryNext = !retry;
    return (retry ? retries : firsts).remove();
  }

  /// Attempts at a time now.
  int limit(Pace pace) {
    return Math.min(width.limit(), pace.concurrency());
  }

  /// Nanoseconds until the rate lets the next one start.
  long throttledFor(Pace pace, long now) {
    Double rate = pace.ratePerSecond();
    if (rate == null) {
      bucket = null;
      return 0;
    }
    if (bucket == null || bucket.perSecond() != rate) {
      bucket = new TokenBucket(rate, now);
    }
    return bucket.untilNext(now);
  }

  void countStart() {
    running++;
    if (bucket != null) {
      bucket.take();
    }
  }

  @Nullable Owned remove(UUID deliveryId) {
    Owned found = remove(firsts.iterator(), deliveryId);
    return found != null ? found : remove(retries.iterator(), deliveryId);
  }

  private static @Nullable Owned remove(Iterator<Owned> waiting, UUID deliveryId) {
    while (waiting.hasNext()) {
      Owned owned = waiting.next();
      if (owned.claim().id().equals(deliveryId)) {
        waiting.remove();
        return owned;
      }
    }
    return null;
  }

  /// Drops what waits.
  List<Owned> clear() {
    List<Owned> dropped = new ArrayList<>(firsts);
    dropped.addAll(retries);
    firsts.clear();
    retries.clear();
    return dropped;
  }
}
