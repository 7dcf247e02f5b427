package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Everything that arrived at the company's endpoints, in its order.
final class Requests {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<Request> requests = new ArrayList<>();
  private int told;

  /// What arrived where.
  record Request(Subscriber subscriber, Arrival arrival) {}

  void add(Subscriber subscriber, Arrival arrival) {
    lock.lock();
    try {
      requests.add(new Request(subscriber, arrival));
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<Arrival> all() {
    lock.lock();
    try {
      return requests.stream().map(Request::arrival).toList();
    } finally {
      lock.unlock();
    }
  }

  List<Arrival> of(Subscriber subscriber) {
    lock.lock();
    try {
      return requests.stream()
          .filter(request -> request.subscriber() == subscriber)
          .map(Request::arrival)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the subscriber got so many in all, and meanwhile tells of each that arrives
  /// anywhere, once.
  ///
  /// @return false if they did not come in time
  boolean await(Subscriber subscriber, int count, Duration patience, Consumer<Request> teller)
      throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        for (; told < requests.size(); told++) {
          teller.accept(requests.get(told));
        }
        boolean enough = of(subscriber).size() >= count;
        if (enough || left <= 0) {
          return enough;
        }
        left = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
