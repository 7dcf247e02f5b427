package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.HandledWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The webhooks that the endpoints of the demo company received, in order of arrival.
final class WebhookLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final List<Entry> entries = new ArrayList<>();
  private int reportedCount;
  private boolean isClosed;

  /// A webhook and its receiver.
  record Entry(Subscriber subscriber, HandledWebhook webhook) {}

  void add(Subscriber subscriber, HandledWebhook webhook) {
    lock.lock();
    try {
      if (!isClosed) {
        entries.add(new Entry(subscriber, webhook));
        added.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Drops all webhooks, and those that will arrive.
  void close() {
    lock.lock();
    try {
      isClosed = true;
      entries.clear();
    } finally {
      lock.unlock();
    }
  }

  List<HandledWebhook> all() {
    lock.lock();
    try {
      return entries.stream().map(Entry::webhook).toList();
    } finally {
      lock.unlock();
    }
  }

  List<HandledWebhook> ofSubscriber(Subscriber subscriber) {
    lock.lock();
    try {
      return entries.stream()
          .filter(entry -> entry.subscriber() == subscriber)
          .map(Entry::webhook)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the subscriber has received this many webhooks. Each webhook that arrives
  /// meanwhile, at any subscriber, is reported once.
  ///
  /// @return false if the timeout has passed
  boolean awaitCount(Subscriber subscriber, int count, Duration timeout, Consumer<Entry> reporter)
      throws InterruptedException {
    long remainingNanos = timeout.toNanos();
    lock.lock();
    try {
      while (true) {
        for (; reportedCount < entries.size(); reportedCount++) {
          reporter.accept(entries.get(reportedCount));
        }
        boolean isReached = ofSubscriber(subscriber).size() >= count;
        if (isReached || remainingNanos <= 0) {
          return isReached;
        }
        remainingNanos = added.awaitNanos(remainingNanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
