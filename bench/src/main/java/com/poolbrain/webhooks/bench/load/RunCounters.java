package com.poolbrain.webhooks.bench.load;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Counts what one run published, what was accepted and what was received, by event number.
///
/// Only the event loop writes, so nothing is locked. Any thread may read counts at any time, and
/// histograms after the run.
public final class RunCounters {

  /// Instead of an event number: the counters have no number left.
  static final int FULL = -1;

  private static final long MAX_LATENCY_MICROS = 3_600_000_000L;

  private final int firstNumber;
  private final int maxFanOut;
  private final byte[] expectedPerEvent;
  private final AtomicLongArray scheduledNanos;
  private final long[] receivedMasks;
  private final Histogram acceptLatencyMicros = new Histogram(MAX_LATENCY_MICROS, 3);
  private final Histogram endToEndLatencyMicros = new Histogram(MAX_LATENCY_MICROS, 3);
  private int reservedCount;
  private volatile int accepted;
  private volatile int expectedCount;
  private volatile int refused;
  private volatile int unanswered;
  private volatile int received;
  private volatile int duplicates;
  private volatile int unexpected;
  private volatile long lastReceivedNanos;
  private volatile @Nullable String firstRefusal;

  /// Counts at one moment.
  ///
  /// @param accepted events answered with 2xx
  /// @param refused events answered with another status
  /// @param unanswered events without a response: accepted or not, nothing is known
  /// @param received deliveries, each counted once
  /// @param duplicates deliveries that arrived again
  /// @param unexpected deliveries that were not published here or arrived at the wrong endpoint
  public record Counts(
      int accepted, int refused, int unanswered, int received, int duplicates, int unexpected) {}

  /// @param firstNumber number of the first event; smaller ones belong to earlier runs
  /// @param eventCount the most events
  /// @param maxFanOut the most deliveries of an event, up to 64
  public RunCounters(int firstNumber, int eventCount, int maxFanOut) {
    this.firstNumber = firstNumber;
    this.maxFanOut = maxFanOut;
    expectedPerEvent = new byte[eventCount];
    scheduledNanos = new AtomicLongArray(eventCount);
    receivedMasks = new long[eventCount];
  }

  /// Counters for this many events with new numbers.
  public static RunCounters of(EventMarkers markers, int eventCount, int maxFanOut) {
    return new RunCounters(markers.reserve(eventCount), eventCount, maxFanOut);
  }

  /// Counters with capacity for a load.
  public static RunCounters of(
      EventMarkers markers, LoadProfile profile, RoundRobinRequests requests) {
    int eventCount = profile.maxEvents(requests.eventsPerRequest());
    return of(markers, eventCount, Math.max(1, requests.fanOut()));
  }

  /// Reserves the numbers of the events of a request.
  ///
  /// @param sendNanos when the request is sent, or was scheduled to be sent
  /// @return the first number, or [#FULL]
  int reserve(int eventCount, long sendNanos) {
    if (reservedCount + eventCount > scheduledNanos.length()) {
      return FULL;
    }
    int firstIndex = reservedCount;
    reservedCount += eventCount;
    for (int i = firstIndex; i < reservedCount; i++) {
      scheduledNanos.setRelease(i, sendNanos);
    }
    return firstNumber + firstIndex;
  }

  /// Counts the response to a request.
  ///
  /// @param fanOut deliveries expected of each event; 0 if they are not counted
  /// @param status [PublishConnection#NO_RESPONSE] if none came
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void recordResponse(int firstEvent, int eventCount, int fanOut, int status, long nanos) {
    if (fanOut == 0) {
      return;
    }
    if (status / 100 == 2) {
      int index = firstEvent - firstNumber;
      Arrays.fill(expectedPerEvent, index, index + eventCount, (byte) fanOut);
      accepted += eventCount;
      expectedCount += eventCount * fanOut;
      acceptLatencyMicros.recordValue(toMicros(nanos - scheduledNanos.getAcquire(index)));
    } else if (status == PublishConnection.NO_RESPONSE) {
      unanswered += eventCount;
    } else {
      refused += eventCount;
    }
  }

  /// Keeps the first response that is not 2xx.
  void recordRefusal(String response) {
    if (firstRefusal == null) {
      firstRefusal = response;
    }
  }

  /// Counts a delivery.
  ///
  /// @param eventNumber -1 if the body has no marker of this process
  /// @param deliveryIndex which delivery of the event it is
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void recordDelivery(int eventNumber, int deliveryIndex, long nanos) {
    if (eventNumber >= 0 && eventNumber < firstNumber) {
      return; // a late delivery of an earlier run, which counted it as missing
    }
    int index = eventNumber - firstNumber;
    boolean isKnown = index >= 0 && index < receivedMasks.length;
    long sentNanos = isKnown ? scheduledNanos.getAcquire(index) : 0;
    if (sentNanos == 0 || deliveryIndex >= maxFanOut) {
      unexpected++;
      return;
    }
    long bit = 1L << deliveryIndex;
    lastReceivedNanos = nanos;
    if ((receivedMasks[index] & bit) != 0) {
      duplicates++;
      return;
    }
    receivedMasks[index] |= bit;
    endToEndLatencyMicros.recordValue(toMicros(nanos - sentNanos));
    received++;
  }

  private static long toMicros(long nanos) {
    return Math.clamp(nanos / 1_000, 0, MAX_LATENCY_MICROS);
  }

  /// Whether all deliveries of accepted events have arrived. Deliveries of unanswered events do not
  /// make up for missing ones.
  public boolean isComplete() {
    return received >= expectedCount && (unanswered == 0 || missingByEvent().isEmpty());
  }

  /// The counts now.
  public Counts counts() {
    return new Counts(accepted, refused, unanswered, received, duplicates, unexpected);
  }

  /// Accepted events with missing deliveries: event number to number of missing deliveries.
  public SortedMap<Integer, Integer> missingByEvent() {
    SortedMap<Integer, Integer> missing = new TreeMap<>();
    if (accepted == 0 || received < 0) { // reads both, so that earlier writes are visible
      return missing;
    }
    for (int i = 0; i < expectedPerEvent.length; i++) {
      int absent = expectedPerEvent[i] - Long.bitCount(receivedMasks[i]);
      if (absent > 0) {
        missing.put(firstNumber + i, absent);
      }
    }
    return missing;
  }

  /// Status and start of the body of the first response that was not 2xx; null if there was none.
  public @Nullable String firstRefusal() {
    return firstRefusal;
  }

  /// Monotonic time of the last delivery; 0 if there was none.
  public long lastReceivedNanos() {
    return lastReceivedNanos;
  }

  /// Time from sending a publish to its response.
  public Histogram acceptLatencyMicros() {
    return acceptLatencyMicros;
  }

  /// Time from sending a publish to receiving its delivery.
  public Histogram endToEndLatencyMicros() {
    return endToEndLatencyMicros;
  }
}
