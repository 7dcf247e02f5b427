package com.poolbrain.webhooks.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/// What was published, accepted and received in one run, by the numbers of its events.
final class Tally {

  private static final long LONGEST = 3_600_000_000L;

  private final int copies;
  private final AtomicLongArray scheduled;
  private final AtomicLongArray receipts;
  private final AtomicInteger published = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicLong lastReceipt = new AtomicLong();
  private final Histogram acceptMicros = new Histogram(LONGEST, 3);
  private final Histogram endToEndMicros = new Histogram(LONGEST, 3);

  /// @param events at most so many
  /// @param copies deliveries expected of each event
  Tally(int events, int copies) {
    this.copies = copies;
    scheduled = new AtomicLongArray(events);
    receipts = new AtomicLongArray(events);
  }

  int capacity() {
    return scheduled.length();
  }

  /// Takes numbers for the events of the next request; -1 if there are none left.
  int next(int events) {
    int first = published.getAndAdd(events);
    if (first + events > scheduled.length()) {
      published.addAndGet(-events);
      return -1;
    }
    return first;
  }

  /// The events from `first` on are sent, or were to be sent, at that monotonic time.
  void scheduled(int first, int events, long nanos) {
    for (int i = first; i < first + events; i++) {
      scheduled.set(i, nanos);
    }
  }

  /// A request was answered.
  void answered(int first, int events, int status, long nanos) {
    if (status / 100 == 2) {
      accepted.addAndGet(events);
      record(acceptMicros, nanos - scheduled.get(first));
    } else {
      refused.addAndGet(events);
    }
  }

  /// An event arrived.
  void received(int number, long nanos) {
    if (number >= scheduled.length()) {
      return;
    }
    if (receipts.incrementAndGet(number) > copies) {
      duplicates.incrementAndGet();
    } else {
      received.incrementAndGet();
      record(endToEndMicros, nanos - scheduled.get(number));
    }
    lastReceipt.set(nanos);
  }

  private static void record(Histogram histogram, long nanos) {
    synchronized (histogram) {
      histogram.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST));
    }
  }

  /// Whether everything accepted has arrived.
  boolean complete() {
    return received.get() >= accepted.get() * copies;
  }

  int accepted() {
    return accepted.get();
  }

  int refused() {
    return refused.get();
  }

  int received() {
    return received.get();
  }

  int duplicates() {
    return duplicates.get();
  }

  /// Deliveries of accepted events that never arrived.
  int lost() {
    return Math.max(0, accepted.get() * copies - received.get());
  }

  long lastReceipt() {
    return lastReceipt.get();
  }

  Histogram acceptMicros() {
    return acceptMicros;
  }

  Histogram endToEndMicros() {
    return endToEndMicros;
  }
}
