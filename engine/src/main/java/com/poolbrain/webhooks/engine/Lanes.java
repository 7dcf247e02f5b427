package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this node owns and has not sent yet: a lane for each endpoint, bounded, and started fairly.
/// Lanes alone bound how much runs at once.
final class Lanes implements Admission {

  private final Capacity capacity;
  private final Surroundings around;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();
  private final Map<Long, Tenant> tenants = new HashMap<>();
  private final Map<UUID, Lane> lanes = new HashMap<>();
  private final Set<Lane> overflowing = new LinkedHashSet<>();
  private final Map<UUID, Integer> running = new HashMap<>();
  private final Line line;
  private final Weights weights;
  private boolean open;
  private int unsettled;

  Lanes(Capacity capacity, Surroundings around) {
    this.capacity = capacity;
    this.around = around;
    this.line = new Line(capacity, around);
    this.weights = new Weights(capacity.bytes());
  }

  /// How much is held and running.
  record Load(int waiting, int running, int unsettled, long bytes) {}

  @Override
  public boolean admit(long companyId, UUID endpointId, int dataBytes) {
    lock.lock();
    try {
      Lane lane = lane(companyId, endpointId);
      long weight = Owned.weight(dataBytes);
      if (overflowing.contains(lane) || places(lane) == 0 || !weights.fits(lane, weight)) {
        overflowing.add(lane);
        return false;
      }
      lane.reserved++;
      weights.change(lane, weight);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives back places that were kept, because their deliveries were not stored.
  void withdraw(List<Claim> admitted) {
    change(() -> {
      for (Claim claim : admitted) {
        Lane lane = lane(claim);
        lane.reserved--;
        weights.change(lane, -Owned.weight(claim.event().data().length));
      }
    });
  }

  /// Takes in claims that places were kept for.
  void enter(List<Owned> admitted) {
    change(() -> {
      for (Owned owned : admitted) {
        Lane lane = lane(owned.claim());
        lane.reserved--;
        lane.add(owned);
        line.place(lane);
      }
    });
  }

  /// Takes in claims from the ledger.
  void enterClaimed(List<Owned> claimed) {
    change(() -> {
      for (Owned owned : claimed) {
        Lane lane = lane(owned.claim());
        weights.change(lane, owned.weight());
        lane.add(owned);
        line.place(lane);
      }
    });
  }

  /// Puts back a claim whose attempt could not begin.
  void putBack(Owned owned) {
    change(() -> {
      unsettled--;
      Lane lane = lane(owned.claim());
      weights.change(lane, owned.weight());
      lane.putBack(owned);
      line.sentNothing(lane);
      free(owned.claim(), null);
    });
  }

  /// An attempt has ended.
  ///
  /// @param outcome null if it says nothing about the endpoint
  void finished(Claim claim, @Nullable Outcome outcome) {
    change(() -> free(claim, outcome));
  }

  /// A claim that was started needs no attempt.
  void sentNothing(Claim claim) {
    change(() -> {
      line.sentNothing(lane(claim));
      free(claim, null);
    });
  }

  private void free(Claim claim, @Nullable Outcome outcome) {
    running.computeIfPresent(claim.id(), (_, count) -> count == 1 ? null : count - 1);
    line.finished(lane(claim), outcome);
    if (running.isEmpty()) {
      quiet.signalAll();
    }
  }

  /// That many results became durable.
  void settled(int results) {
    change(() -> unsettled -= results);
  }

  /// Lets attempts start, or holds them.
  void open(boolean nowOpen) {
    change(() -> open = nowOpen);
  }

  /// Puts lanes whose rate allows it back in line.
  ///
  /// @return how long until the next lane's rate does
  Duration release() {
    Duration[] next = {Duration.ZERO};
    change(() -> next[0] = line.release());
    return next[0];
  }

  /// What endpoints allow may have changed.
  void reconsider() {
    change(line::reconsider);
  }

  /// How many claims the lanes of these endpoints can take; those that can't take any are left out.
  List<Room> rooms(List<Endpoint> endpoints) {
    lock.lock();
    try {
      List<Room> rooms = new ArrayList<>();
      long asked = 0;
      for (Endpoint endpoint : endpoints) {
        Lane lane = lane(endpoint.companyId(), endpoint.id());
        int places = Math.min(places(lane), weights.places(lane, asked));
        if (places > 0) {
          rooms.add(new Room(endpoint.id(), places));
          asked += lane.weightOf(places);
        }
      }
      return rooms;
    } finally {
      lock.unlock();
    }
  }

  /// Endpoints with deliveries in the ledger that wait for a lane which is half empty by now.
  List<UUID> hungry() {
    lock.lock();
    try {
      return overflowing.stream().filter(this::hungry).map(lane -> lane.endpointId).toList();
    } finally {
      lock.unlock();
    }
  }

  /// The ledger has nothing more for this endpoint now: its new deliveries may be owned from birth
  /// again.
  void caughtUp(UUID endpointId) {
    lock.lock();
    try {
      overflowing.remove(lanes.get(endpointId));
    } finally {
      lock.unlock();
    }
  }

  /// The ledger has more for this endpoint than its lane asked for.
  void overflows(UUID endpointId) {
    lock.lock();
    try {
      Lane lane = lanes.get(endpointId);
      if (lane != null) {
        overflowing.add(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  /// How fast this node may go to the endpoint of that claim now.
  Pace pace(Claim claim) {
    return around.pace(claim.endpointId());
  }

  /// Starts an attempt out of turn, because somebody asked for it.
  void startNow(Owned owned) {
    lock.lock();
    try {
      count(lane(owned.claim()), owned.claim());
    } finally {
      lock.unlock();
    }
    around.start(owned);
  }

  /// Counts a result that comes without an attempt of a lane.
  void expectResult() {
    lock.lock();
    try {
      unsettled++;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a waiting claim of that company out of its lane, to be settled without an attempt; null
  /// if it does not wait here.
  @Nullable Owned remove(long companyId, UUID deliveryId) {
    lock.lock();
    try {
      Tenant tenant = tenants.get(companyId);
      for (Lane lane : lanes.values()) {
        Owned owned = lane.tenant == tenant ? lane.remove(deliveryId) : null;
        if (owned != null) {
          weights.change(lane, -owned.weight());
          unsettled++;
          return owned;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Whether an attempt of that delivery runs here.
  boolean running(UUID deliveryId) {
    lock.lock();
    try {
      return running.containsKey(deliveryId);
    } finally {
      lock.unlock();
    }
  }

  /// Drops all that waits: this node no longer owns it.
  List<Claim> clear() {
    lock.lock();
    try {
      List<Claim> dropped = new ArrayList<>();
      for (Lane lane : lanes.values()) {
        for (Owned owned : lane.clear()) {
          weights.change(lane, -owned.weight());
          dropped.add(owned.claim());
        }
      }
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until nothing runs, but not longer than that.
  ///
  /// @return whether nothing does
  boolean awaitQuiet(Clock clock, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long from = clock.nanoTime();
      Duration left = atMost;
      while (!running.isEmpty() && left.isPositive()) {
        clock.await(quiet, left);
        left = atMost.minusNanos(clock.nanoTime() - from);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  Load load() {
    lock.lock();
    try {
      int waiting = lanes.values().stream().mapToInt(Lane::waiting).sum();
      return new Load(waiting, line.inFlight(), unsettled, weights.bytes());
    } finally {
      lock.unlock();
    }
  }

  /// Changes something, then starts what may start now.
  private void change(Runnable change) {
    List<Owned> starts;
    lock.lock();
    try {
      change.run();
      starts = starts();
    } finally {
      lock.unlock();
    }
    starts.forEach(around::start);
  }

  private List<Owned> starts() {
    List<Owned> starts = new ArrayList<>();
    while (open && unsettled < capacity.unsettled()) {
      Lane lane = line.next();
      if (lane == null) {
        break;
      }
      Owned owned = lane.take();
      weights.change(lane, -owned.weight());
      count(lane, owned.claim());
      starts.add(owned);
      if (overflowing.contains(lane) && hungry(lane)) {
        around.hungry();
      }
    }
    return starts;
  }

  private void count(Lane lane, Claim claim) {
    unsettled++;
    running.merge(claim.id(), 1, Integer::sum);
    line.started(lane);
  }

  private boolean hungry(Lane lane) {
    return lane.size() * 2 <= room(lane);
  }

  private int places(Lane lane) {
    return Math.max(0, room(lane) - lane.size());
  }

  private int room(Lane lane) {
    return lane.width.narrow() ? capacity.narrowClaims() : capacity.laneClaims();
  }

  private Lane lane(Claim claim) {
    return lane(claim.event().companyId(), claim.endpointId());
  }

  private Lane lane(long companyId, UUID endpointId) {
    Lane lane = lanes.get(endpointId);
    if (lane == null) {
      lane = new Lane(endpointId, tenants.computeIfAbsent(companyId, _ -> new Tenant()));
      lanes.put(endpointId, lane);
    }
    return lane;
  }
}
