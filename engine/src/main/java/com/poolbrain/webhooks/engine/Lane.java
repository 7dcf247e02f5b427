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

  /// What a claim is taken to weigh by a lane that has seen none.
  private static final long UNKNOWN_WEIGHT = 8L << 10;

  /// So few does it ask for then.
  private static final int PLACES_AT_FIRST = 8;

  /// Seconds' worth of its rate that an endpoint may get at once after a rest.
  private static final double BURST = 1;

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

  /// Attempts that run and were counted as trouble beforehand.
  int suspected;

  /// What its claims take that wait, or whose places are kept.
  long bytes;

  private long heaviest;

  private final ArrayDeque<Owned> firsts = new ArrayDeque<>(4);
  private final ArrayDeque<Owned> retries = new ArrayDeque<>(0);
  private boolean retryNext;
  private @Nullable TokenBucket bucket;

  Lane(UUID endpointId, Tenant tenant) {
    this.endpointId = endpointId;
    this.tenant = tenant;
  }

  void add(Owned owned) {
    heaviest = Math.max(owned.weight(), heaviest - heaviest / 8);
    queueOf(owned).add(owned);
  }

  /// How many claims it may ask for so that they hardly take more than that.
  int placesFor(long free) {
    long most = heaviest == 0 ? PLACES_AT_FIRST : Integer.MAX_VALUE;
    return (int) Math.clamp(free / weightOf(1), 0, most);
  }

  /// What that many claims may take.
  long weightOf(int claims) {
    return claims * (heaviest == 0 ? UNKNOWN_WEIGHT : heaviest);
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
      bucket = new TokenBucket(rate, BURST, now);
    }
    return bucket.untilNext(now);
  }

  void countStart() {
    running++;
    if (bucket != null) {
      bucket.take();
    }
  }

  /// One that was started sent nothing: its place in the rate is free for another.
  void sentNothing() {
    if (bucket != null) {
      bucket.giveBack();
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
