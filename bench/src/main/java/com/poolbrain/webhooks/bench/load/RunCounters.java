package com.poolbrain.webhooks.bench.load;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/// What was published, accepted and received in one run, by the numbers of its events.
///
/// Cheap because it has one writer: the loop that publishes and receives. Everybody may read the
/// counts at any time, and the histograms when the run is over.
public final class RunCounters {

  private static final long MAX_LATENCY_MICROS = 3_600_000_000L;

  private final int firstNumber;
  private final int maxFanOut;
  private final byte[] expectedPerEvent;
  private final AtomicLongArray scheduled;
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

  /// @param eventCount at most so many
  /// @param maxFanOut deliveries of each event at most, up to 64
  public RunCounters(int eventCount, int maxFanOut) {
    this(0, eventCount, maxFanOut);
  }

  /// @param firstNumber the number of the first event; what bears a smaller one is of an earlier
  ///   run
  public RunCounters(int firstNumber, int eventCount, int maxFanOut) {
    this.firstNumber = firstNumber;
    this.maxFanOut = maxFanOut;
    expectedPerEvent = new byte[eventCount];
    scheduled = new AtomicLongArray(eventCount);
    receivedMasks = new long[eventCount];
  }

  /// Takes numbers for the events of the next request; -1 if there are none left.
  int reserve(int eventCount) {
    if (reservedCount + eventCount > scheduled.length()) {
      return -1;
    }
    int firstEvent = firstNumber + reservedCount;
    reservedCount += eventCount;
    return firstEvent;
  }

  /// The events from `first` on are sent, or were to be sent, at that monotonic time.
  void scheduled(int firstEvent, int eventCount, long nanos) {
    for (int i = firstEvent - firstNumber; i < firstEvent - firstNumber + eventCount; i++) {
      scheduled.setRelease(i, nanos);
    }
  }

  /// A request was answered.
  ///
  /// @param status 0 if no answer came
  /// @param fanOut deliveries expected of each of its events; 0 if they are not counted
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void recordResponse(int firstEvent, int eventCount, int fanOut, int status, long nanos) {
    if (fanOut == 0) {
      return;
    }
    if (status / 100 == 2) {
      Arrays.fill(
          expectedPerEvent,
          firstEvent - firstNumber,
          firstEvent - firstNumber + eventCount,
          (byte) fanOut);
      accepted += eventCount;
      expectedCount += eventCount * fanOut;
      acceptLatencyMicros.recordValue(
          toMicros(nanos - scheduled.getAcquire(firstEvent - firstNumber)));
    } else if (status == 0) {
      unanswered += eventCount;
    } else {
      refused += eventCount;
    }
  }

  /// A delivery arrived.
  ///
  /// @param eventNumber of its event; -1 if it bears none of this run
  /// @param deliveryIndex which of the event's deliveries it is
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void received(int eventNumber, int deliveryIndex, long nanos) {
    if (eventNumber >= 0 && eventNumber < firstNumber) {
      return; // a straggler of an earlier run, which has said already that it was missing
    }
    int eventIndex = eventNumber - firstNumber;
    long sentNanos =
        eventIndex < 0 || eventIndex >= receivedMasks.length ? 0 : scheduled.getAcquire(eventIndex);
    if (sentNanos == 0 || deliveryIndex >= maxFanOut) {
      unexpected++;
      return;
    }
    long bit = 1L << deliveryIndex;
    lastReceivedNanos = nanos;
    if ((receivedMasks[eventIndex] & bit) != 0) {
      duplicates++;
      return;
    }
    receivedMasks[eventIndex] |= bit;
    endToEndLatencyMicros.recordValue(toMicros(nanos - sentNanos));
    received++;
  }

  private static long toMicros(long nanos) {
    return Math.clamp(nanos / 1_000, 0, MAX_LATENCY_MICROS);
  }

  /// Whether everything accepted has arrived.
  public boolean isComplete() {
    // What was not answered may arrive too, and must not make up for what was.
    return received >= expectedCount && (unanswered == 0 || missingCount() == 0);
  }

  /// Events that were answered with 2xx.
  public int accepted() {
    return accepted;
  }

  /// Events that were answered otherwise.
  public int refused() {
    return refused;
  }

  /// Events that were not answered: they may have been accepted, or not.
  public int unanswered() {
    return unanswered;
  }

  /// Deliveries that arrived, each counted once.
  public int received() {
    return received;
  }

  /// Deliveries that arrived again.
  public int duplicates() {
    return duplicates;
  }

  /// Deliveries that nobody published here, or that came to the wrong endpoint.
  public int unexpected() {
    return unexpected;
  }

  /// Deliveries of accepted events that have not arrived.
  public int missingCount() {
    return missingByEvent().values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many deliveries have not arrived of each accepted event of which some have not, by its
  /// number.
  public SortedMap<Integer, Integer> missingByEvent() {
    SortedMap<Integer, Integer> missing = new TreeMap<>();
    if (accepted == 0 || received < 0) { // reads both, so that what was written before is seen
      return missing;
    }
    for (int eventIndex = 0; eventIndex < expectedPerEvent.length; eventIndex++) {
      int absent = expectedPerEvent[eventIndex] - Long.bitCount(receivedMasks[eventIndex]);
      if (absent > 0) {
        missing.put(firstNumber + eventIndex, absent);
      }
    }
    return missing;
  }

  /// When the last one arrived, monotonic nanoseconds; 0 if none has.
  public long lastReceivedNanos() {
    return lastReceivedNanos;
  }

  /// How long publishes took until they were answered.
  public Histogram acceptLatencyMicros() {
    return acceptLatencyMicros;
  }

  /// How long it took from publishing to receiving.
  public Histogram endToEndLatencyMicros() {
    return endToEndLatencyMicros;
  }
}
