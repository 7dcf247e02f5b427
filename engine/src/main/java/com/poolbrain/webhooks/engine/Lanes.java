package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What this node owns and has not sent yet: a lane for each endpoint, bounded, and started fairly.
/// Lanes alone bound how much runs at once.
final class Lanes implements Admission {

  private final Capacity capacity;
  private final Surroundings around;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();
  private final Roster roster = new Roster();
  private final Map<UUID, Integer> running = new HashMap<>();
  private final Line line;
  private final Places places;
  private boolean open;
  private int unsettled;

  Lanes(Capacity capacity, Surroundings around) {
    this.capacity = capacity;
    this.around = around;
    this.line = new Line(capacity, around);
    this.places = new Places(capacity);
  }

  /// How much is held and running.
  record Load(int waiting, int running, int unsettled, long bytes) {}

  @Override
  public boolean admit(long companyId, UUID endpointId, int dataBytes) {
    lock.lock();
    try {
      return places.reserve(roster.lane(companyId, endpointId), Owned.weight(dataBytes));
    } finally {
      lock.unlock();
    }
  }

  /// Gives back places that were kept, because their deliveries were not stored.
  void withdraw(List<Claim> admitted) {
    change(() -> {
      for (Claim claim : admitted) {
        places.giveBack(roster.lane(claim), Owned.weight(claim.event().data().length));
      }
    });
  }

  /// Takes in claims that places were kept for.
  void enter(List<Owned> admitted) {
    change(() -> {
      for (Owned owned : admitted) {
        Lane lane = roster.lane(owned.claim());
        places.fill(lane, owned);
        line.place(lane);
      }
    });
  }

  /// Takes in claims from the ledger.
  void enterClaimed(List<Owned> claimed) {
    change(() -> {
      for (Owned owned : claimed) {
        Lane lane = roster.lane(owned.claim());
        places.add(lane, owned);
        line.place(lane);
      }
    });
  }

  /// Puts back a claim whose attempt could not begin.
  void putBack(Owned owned) {
    change(() -> {
      unsettled--;
      Lane lane = roster.lane(owned.claim());
      places.putBack(lane, owned);
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
      line.sentNothing(roster.lane(claim));
      free(claim, null);
    });
  }

  private void free(Claim claim, @Nullable Outcome outcome) {
    running.computeIfPresent(claim.id(), (_, count) -> count == 1 ? null : count - 1);
    line.finished(roster.lane(claim), outcome);
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
    return locked(() ->
        places.rooms(
            endpoints.stream()
                .map(endpoint -> roster.lane(endpoint.companyId(), endpoint.id()))
                .toList()));
  }

  /// Endpoints with deliveries in the ledger that wait for a lane which is half empty by now.
  List<UUID> hungry() {
    return locked(places::hungry);
  }

  /// The ledger has nothing more for this endpoint now: its new deliveries may be owned from birth
  /// again.
  void caughtUp(UUID endpointId) {
    locked(() -> {
      Lane lane = roster.find(endpointId);
      if (lane != null) {
        places.caughtUp(lane);
      }
      return true;
    });
  }

  /// The ledger has more for this endpoint than its lane asked for.
  void overflows(UUID endpointId) {
    locked(() -> {
      Lane lane = roster.find(endpointId);
      if (lane != null) {
        places.overflows(lane);
      }
      return true;
    });
  }

  /// How fast this node may go to the endpoint of that claim now.
  Pace pace(Claim claim) {
    return around.pace(claim.endpointId());
  }

  /// Starts an attempt out of turn, because somebody asked for it.
  void startNow(Owned owned) {
    locked(() -> {
      count(roster.lane(owned.claim()), owned.claim());
      return true;
    });
    around.start(owned);
  }

  /// Counts a result that comes without an attempt of a lane.
  void expectResult() {
    locked(() -> unsettled++);
  }

  /// Takes a waiting claim of that company out of its lane, to be settled without an attempt; null
  /// if it does not wait here.
  @Nullable Owned remove(long companyId, UUID deliveryId) {
    return locked(() -> {
      for (Lane lane : roster.of(companyId)) {
        Owned owned = lane.remove(deliveryId);
        if (owned != null) {
          places.taken(lane, owned);
          unsettled++;
          return owned;
        }
      }
      return null;
    });
  }

  /// Whether an attempt of that delivery runs here.
  boolean running(UUID deliveryId) {
    return locked(() -> running.containsKey(deliveryId));
  }

  /// Drops all that waits: this node no longer owns it.
  List<Claim> clear() {
    return locked(() -> {
      List<Claim> dropped = new ArrayList<>();
      for (Lane lane : roster.all()) {
        for (Owned owned : lane.clear()) {
          places.taken(lane, owned);
          dropped.add(owned.claim());
        }
      }
      return dropped;
    });
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
    return locked(() -> new Load(roster.waiting(), line.inFlight(), unsettled, places.bytes()));
  }

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
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
      places.taken(lane, owned);
      count(lane, owned.claim());
      starts.add(owned);
      if (places.hungry(lane)) {
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
}
