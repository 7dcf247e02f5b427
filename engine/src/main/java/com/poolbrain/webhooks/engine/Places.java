package com.poolbrain.webhooks.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What lanes may hold, by number and by bytes, and which of them have more in the ledger than they
/// could take. Guarded by the lock of [Lanes].
final class Places {

  private final Capacity capacity;
  private final Weights weights;
  private final Set<Lane> overflowing = new LinkedHashSet<>();

  Places(Capacity capacity) {
    this.capacity = capacity;
    this.weights = new Weights(capacity.bytes());
  }

  /// Bytes that all lanes hold.
  long bytes() {
    return weights.bytes();
  }

  /// Keeps a place for a new delivery. While a lane overflows it gets none, so that nothing
  /// overtakes what waits in the ledger.
  ///
  /// @return false if there is none
  boolean reserve(Lane lane, long weight) {
    if (overflowing.contains(lane) || places(lane) == 0 || !weights.fits(lane, weight)) {
      overflowing.add(lane);
      return false;
    }
    lane.reserved++;
    weights.change(lane, weight);
    return true;
  }

  /// A place that was kept is not needed.
  void giveBack(Lane lane, long weight) {
    lane.reserved--;
    weights.change(lane, -weight);
  }

  /// A claim takes the place that was kept for it.
  void fill(Lane lane, Owned owned) {
    lane.reserved--;
    lane.add(owned);
  }

  /// A claim comes that no place was kept for.
  void add(Lane lane, Owned owned) {
    weights.change(lane, owned.weight());
    lane.add(owned);
  }

  /// A claim comes back that was taken out.
  void putBack(Lane lane, Owned owned) {
    weights.change(lane, owned.weight());
    lane.putBack(owned);
  }

  /// A claim was taken out.
  void taken(Lane lane, Owned owned) {
    weights.change(lane, -owned.weight());
  }

  /// How many claims these lanes can take; those that can't take any are left out.
  List<Room> rooms(List<Lane> lanes) {
    List<Room> rooms = new ArrayList<>();
    long asked = 0;
    for (Lane lane : lanes) {
      int places = Math.min(places(lane), weights.places(lane, asked));
      if (places > 0) {
        rooms.add(new Room(lane.endpointId, places));
        asked += lane.weightOf(places);
      }
    }
    return rooms;
  }

  /// The ledger has more for this lane.
  void overflows(Lane lane) {
    overflowing.add(lane);
  }

  /// The ledger has nothing more for this lane.
  void caughtUp(Lane lane) {
    overflowing.remove(lane);
  }

  /// Whether the ledger has more for this lane, and it is half empty by now.
  boolean hungry(Lane lane) {
    return overflowing.contains(lane) && lane.size() * 2 <= room(lane);
  }

  /// Endpoints whose lanes are hungry.
  List<UUID> hungry() {
    return overflowing.stream().filter(this::hungry).map(lane -> lane.endpointId).toList();
  }

  private int places(Lane lane) {
    return Math.max(0, room(lane) - lane.size());
  }

  private int room(Lane lane) {
    return lane.width.narrow() ? capacity.narrowClaims() : capacity.laneClaims();
  }
}
