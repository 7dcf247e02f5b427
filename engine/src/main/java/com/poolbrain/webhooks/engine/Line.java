package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose turn it is: companies take turns, and within a company its lanes do. Neighbours that cost
/// time or connections have a small share together, of what runs at a time as of what fails in a
/// second. No company has more than half while others wait, nor begins much at once while there are
/// others. Guarded by the lock of [Lanes].
final class Line {

  private static final Duration IDLE = Duration.ofSeconds(1);

  /// How often is looked whether what a company began is fresh no more, if none of it ends.
  private static final Duration PAUSE = Duration.ofMillis(5);

  /// Seconds' worth of trouble that may begin at once: handshakes hold up what comes behind them.
  private static final double BURST = 0.1;

  private final Capacity capacity;
  private final Surroundings around;
  private final ArrayDeque<Tenant> ring = new ArrayDeque<>();
  private final Set<Tenant> pausing = new LinkedHashSet<>();
  private final Crowd crowd = new Crowd();
  private final ArrayDeque<Lane> held = new ArrayDeque<>();
  private final PriorityQueue<Throttled> throttled =
      new PriorityQueue<>(Comparator.comparingLong(Throttled::until));
  private final TokenBucket trouble;
  private boolean calming;
  private boolean watching;
  private int inFlight;
  private int narrowInFlight;
  private int letIn;

  Line(Capacity capacity, Surroundings around) {
    this.capacity = capacity;
    this.around = around;
    this.trouble = new TokenBucket(capacity.troublePerSecond(), BURST, around.nanoTime());
  }

  private record Throttled(long until, Lane lane) {}

  /// Puts a lane where it belongs now, if it stands nowhere and could run something.
  void place(Lane lane) {
    Pace pace = around.pace(lane.endpointId);
    if (lane.line != Lane.Line.NONE || !lane.hasWork() || lane.running >= lane.limit(pace)) {
      return;
    }
    long now = around.nanoTime();
    long wait = lane.throttledFor(pace, now);
    if (wait > 0) {
      lane.line = Lane.Line.THROTTLED;
      throttled.add(new Throttled(now + wait, lane));
      around.throttled();
    } else if (lane.width.narrow()) {
      lane.line = Lane.Line.HELD;
      held.add(lane);
      letIn();
    } else {
      makeReady(lane);
    }
  }

  private void makeReady(Lane lane) {
    lane.line = Lane.Line.READY;
    lane.tenant.ready.add(lane);
    join(lane.tenant);
  }

  /// Narrow lanes pass one after the other, for one attempt each, as many as may run and may fail.
  private void letIn() {
    if (passSome() && !calming) {
      calming = true;
      around.throttled();
    }
  }

  /// Whether some wait for the trouble to calm down.
  private boolean passSome() {
    while (!held.isEmpty() && narrowInFlight + letIn < capacity.narrowInFlight()) {
      if (trouble.untilNext(around.nanoTime()) > 0) {
        return true;
      }
      Lane lane = held.remove();
      lane.letIn = true;
      letIn++;
      trouble.take();
      makeReady(lane);
    }
    return false;
  }

  /// Whether it was let in from among the narrow ones.
  private boolean leaveLine(Lane lane) {
    lane.line = Lane.Line.NONE;
    boolean wasLetIn = lane.letIn;
    if (wasLetIn) {
      lane.letIn = false;
      letIn--;
    }
    return wasLetIn;
  }

  private void join(Tenant tenant) {
    if (!tenant.inRing && !tenant.ready.isEmpty()) {
      tenant.inRing = true;
      pausing.remove(tenant);
      ring.add(tenant);
    }
  }

  /// The lane that may start an attempt now; null if none may.
  @Nullable Lane next() {
    while (inFlight < capacity.inFlight() && !ring.isEmpty()) {
      Tenant tenant = turn();
      if (mustPause(tenant)) {
        pause(tenant);
        continue;
      }
      Lane lane = tenant.ready.remove();
      tenant.inRing = false;
      join(tenant);
      boolean wasLetIn = leaveLine(lane);
      if (mayRun(lane)) {
        lane.suspected += wasLetIn ? 1 : 0;
        return lane;
      }
      if (wasLetIn) {
        trouble.giveBack();
      }
      place(lane);
      letIn();
    }
    return null;
  }

  private boolean mustPause(Tenant tenant) {
    return tenant.fresh(around.nanoTime()) >= capacity.companyFresh();
  }

  /// It comes back with the next of its attempts that ends, or is not fresh any more.
  private void pause(Tenant tenant) {
    tenant.inRing = false;
    pausing.add(tenant);
    if (!watching) {
      watching = true;
      around.throttled();
    }
  }

  /// Whether some must pause longer.
  private boolean resumeSome() {
    List<Tenant> rested = pausing.stream().filter(tenant -> !mustPause(tenant)).toList();
    rested.forEach(this::join);
    return !pausing.isEmpty();
  }

  private Tenant turn() {
    for (int i = ring.size(); i > 1; i--) {
      Tenant tenant = ring.remove();
      if (tenant.inFlight < capacity.companyInFlight()) {
        return tenant;
      }
      ring.add(tenant);
    }
    return ring.remove();
  }

  private boolean mayRun(Lane lane) {
    Pace pace = around.pace(lane.endpointId);
    return lane.hasWork()
        && lane.running < lane.limit(pace)
        && !(lane.width.narrow() && narrowInFlight >= capacity.narrowInFlight())
        && lane.throttledFor(pace, around.nanoTime()) == 0;
  }

  /// An attempt of that lane starts.
  void started(Lane lane) {
    long now = around.nanoTime();
    if (!lane.width.narrow()) {
      crowd.saw(lane.tenant.companyId, now);
    }
    if (crowd.areSeveral(now)) {
      lane.tenant.began(now);
    }
    lane.countStart();
    lane.tenant.inFlight++;
    inFlight++;
    if (lane.width.narrow()) {
      narrowInFlight++;
    }
    place(lane);
  }

  /// An attempt of that lane has ended.
  ///
  /// @param outcome null if nothing was sent
  void finished(Lane lane, @Nullable Outcome outcome) {
    boolean wasNarrow = lane.width.narrow();
    if (outcome != null) {
      int max = around.pace(lane.endpointId).concurrency();
      lane.width = lane.width.after(outcome, lane.running, max);
    }
    if (lane.suspected > 0) {
      lane.suspected--;
      if (outcome == null || outcome.strain() == 0) {
        trouble.giveBack();
      }
    }
    lane.running--;
    lane.tenant.inFlight--;
    lane.tenant.ended();
    join(lane.tenant);
    inFlight--;
    narrowInFlight += narrowing(lane, wasNarrow);
    if (lane.line == Lane.Line.HELD && !lane.width.narrow()) {
      held.remove(lane);
      lane.line = Lane.Line.NONE;
    }
    place(lane);
    letIn();
  }

  /// How the number of narrow attempts changes when one of this lane ends: a lane that becomes
  /// narrow brings those that still run, and one that becomes wide takes them away.
  private static int narrowing(Lane lane, boolean wasNarrow) {
    boolean narrow = lane.width.narrow();
    int before = wasNarrow ? lane.running + 1 : 0;
    return (narrow ? lane.running : 0) - before;
  }

  /// Puts back in line who waits for time to pass: for a rate, for the trouble to calm down, for
  /// attempts that have just begun.
  ///
  /// @return how long until the next one's has
  Duration release() {
    long now = around.nanoTime();
    calming = passSome();
    watching = resumeSome();
    while (!throttled.isEmpty() && throttled.peek().until() - now <= 0) {
      Lane lane = throttled.remove().lane();
      lane.line = Lane.Line.NONE;
      place(lane);
    }
    long wait = throttled.isEmpty() ? IDLE.toNanos() : throttled.peek().until() - now;
    wait = calming ? Math.min(wait, trouble.untilNext(around.nanoTime())) : wait;
    wait = watching ? Math.min(wait, PAUSE.toNanos()) : wait;
    return Duration.ofNanos(wait);
  }

  /// Looks anew at lanes that wait for their rate: it may have changed, or there may be nothing
  /// left to send.
  void reconsider() {
    List<Throttled> before = List.copyOf(throttled);
    throttled.clear();
    for (Throttled waiting : before) {
      waiting.lane().line = Lane.Line.NONE;
      place(waiting.lane());
    }
  }

  /// An attempt of that lane that was started sent nothing.
  void sentNothing(Lane lane) {
    lane.sentNothing();
    if (lane.line == Lane.Line.THROTTLED) {
      throttled.removeIf(waiting -> waiting.lane() == lane);
      lane.line = Lane.Line.NONE;
    }
  }

  /// Attempts that run.
  int inFlight() {
    return inFlight;
  }
}
