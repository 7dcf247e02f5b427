package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Trigger;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/// Makes the attempts that lanes start, each on a thread of its own, and hands in what came of
/// them.
final class Attempts {

  private final Node node;
  private final Delivering delivering;
  private final Settling settling;
  private final Waiters waiters;
  private final ThreadFactory threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Thread> running = new LinkedHashSet<>();
  private boolean stopped;

  Attempts(
      Node node, Delivering delivering, Settling settling, Waiters waiters, ThreadFactory threads) {
    this.node = node;
    this.delivering = delivering;
    this.settling = settling;
    this.waiters = waiters;
    this.threads = threads;
  }

  /// Begins an attempt, and returns at once.
  void start(Owned owned) {
    threads.newThread(() -> run(owned)).start();
  }

  private void run(Owned owned) {
    Claim claim = owned.claim();
    try {
      if (!owned.owner().equals(node.membership().view().incarnation())) {
        drop(claim);
      } else if (begin()) {
        make(owned);
      } else {
        node.lanes().putBack(owned);
      }
    } finally {
      end();
      if (claim.trigger() != Trigger.AUTOMATIC) {
        node.byHand().end(claim.id());
      }
    }
  }

  private void make(Owned owned) {
    Claim claim = owned.claim();
    try {
      Settlement settlement = delivering.deliver(claim);
      if (settlement == null) {
        node.lanes().open(false);
        node.lanes().putBack(owned);
        return;
      }
      if (settlement.attempt() == null) {
        node.lanes().sentNothing(claim);
      } else {
        node.lanes().finished(claim, settlement.forHealth());
      }
      settling.settle(owned.owner(), settlement);
    } catch (InterruptedException _) {
      node.lanes().putBack(owned);
    }
  }

  /// Its delivery is not this node's any more.
  private void drop(Claim claim) {
    node.lanes().sentNothing(claim);
    node.lanes().settled(1);
    waiters.tell(claim.id(), Waiters.Recorded.LOST);
  }

  private boolean begin() {
    lock.lock();
    try {
      if (!stopped) {
        running.add(Thread.currentThread());
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running.remove(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts what runs, and makes no attempt from now on: their deliveries go back to the lanes
  /// as if nothing had been sent.
  void stop() {
    lock.lock();
    try {
      stopped = true;
      running.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }
}
