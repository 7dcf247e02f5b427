package com.poolbrain.webhooks.http.share;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The bytes of request bodies that each sender may have in memory at once. A body without room
/// waits until earlier bodies of the same sender are handled; other senders don't notice.
///
/// ```java
/// var reservation = budgets.reserve("key 1", bytes, this::onRoom);
/// if (reservation.isHeld()) { … }
/// reservation.release();
/// ```
public final class SenderBudgets {

  private final long limitPerSender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Share> shares = new HashMap<>();

  private static final class Share {
    private final Set<Reservation> waiting = new LinkedHashSet<>();
    private long used;
  }

  public SenderBudgets(long limitPerSender) {
    this.limitPerSender = limitPerSender;
  }

  /// Room for one body, or a place among those that wait for it.
  public final class Reservation {

    private final String sender;
    private final long bytes;
    private final Runnable onGranted;
    private boolean isHeld;
    private boolean isReleased;

    private Reservation(String sender, long bytes, Runnable onGranted) {
      this.sender = sender;
      this.bytes = bytes;
      this.onGranted = onGranted;
    }

    /// Whether the body has its room.
    public boolean isHeld() {
      lock.lock();
      try {
        return isHeld;
      } finally {
        lock.unlock();
      }
    }

    /// Gives the room to the next bodies of the sender, or stops waiting. Repeating it is harmless.
    public void release() {
      releaseAndGrant(this).forEach(granted -> granted.onGranted.run());
    }
  }

  /// Asks for room for a body. The first body of a sender always gets it.
  ///
  /// @param onGranted called if the body had to wait, by the thread that releases another one
  public Reservation reserve(String sender, long bytes, Runnable onGranted) {
    var reservation = new Reservation(sender, bytes, onGranted);
    lock.lock();
    try {
      Share share = shares.computeIfAbsent(sender, _ -> new Share());
      if (!share.waiting.isEmpty() || !tryHold(share, reservation)) {
        share.waiting.add(reservation);
      }
      return reservation;
    } finally {
      lock.unlock();
    }
  }

  /// How many bodies wait for room.
  public int waitingCount() {
    lock.lock();
    try {
      return shares.values().stream().mapToInt(share -> share.waiting.size()).sum();
    } finally {
      lock.unlock();
    }
  }

  private boolean tryHold(Share share, Reservation reservation) {
    if (share.used > 0 && share.used + reservation.bytes > limitPerSender) {
      return false;
    }
    share.used += reservation.bytes;
    reservation.isHeld = true;
    return true;
  }

  private List<Reservation> releaseAndGrant(Reservation released) {
    lock.lock();
    try {
      Share share = shares.get(released.sender);
      if (released.isReleased || share == null) {
        return List.of();
      }
      released.isReleased = true;
      if (released.isHeld) {
        share.used -= released.bytes;
      } else {
        share.waiting.remove(released);
      }
      List<Reservation> granted = grantWaiting(share);
      if (share.used == 0 && share.waiting.isEmpty()) {
        shares.remove(released.sender);
      }
      return granted;
    } finally {
      lock.unlock();
    }
  }

  private List<Reservation> grantWaiting(Share share) {
    List<Reservation> granted = new ArrayList<>(0);
    Iterator<Reservation> waiting = share.waiting.iterator();
    while (waiting.hasNext()) {
      Reservation next = waiting.next();
      if (!tryHold(share, next)) {
        break;
      }
      waiting.remove();
      granted.add(next);
    }
    return granted;
  }
}
