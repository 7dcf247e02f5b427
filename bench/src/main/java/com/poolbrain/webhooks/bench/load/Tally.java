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
public final class Tally {

  private static final long LONGEST_MICROS = 3_600_000_000L;

  private final int base;
  private final int copies;
  private final byte[] promised;
  private final AtomicLongArray scheduled;
  private final long[] seen;
  private final Histogram acceptMicros = new Histogram(LONGEST_MICROS, 3);
  private final Histogram endToEndMicros = new Histogram(LONGEST_MICROS, 3);
  private int published;
  private volatile int accepted;
  private volatile int expected;
  private volatile int refused;
  private volatile int unanswered;
  private volatile int received;
  private volatile int duplicates;
  private volatile int wrong;
  private volatile long lastReceipt;

  /// @param events at most so many
  /// @param copies deliveries of each event at most, up to 64
  public Tally(int events, int copies) {
    this(0, events, copies);
  }

  /// @param base the number of the first event; what bears a smaller one is of an earlier run
  public Tally(int base, int events, int copies) {
    this.base = base;
    this.copies = copies;
    promised = new byte[events];
    scheduled = new AtomicLongArray(events);
    seen = new long[events];
  }

  /// Takes numbers for the events of the next request; -1 if there are none left.
  int next(int events) {
    if (published + events > scheduled.length()) {
      return -1;
    }
    int first = base + published;
    published += events;
    return first;
  }

  /// The events from `first` on are sent, or were to be sent, at that monotonic time.
  void scheduled(int first, int events, long nanos) {
    for (int i = first - base; i < first - base + events; i++) {
      scheduled.setRelease(i, nanos);
    }
  }

  /// A request was answered.
  ///
  /// @param status 0 if no answer came
  /// @param each deliveries expected of each of its events; 0 if they are not counted
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void answered(int first, int events, int each, int status, long nanos) {
    if (each == 0) {
      return;
    }
    if (status / 100 == 2) {
      Arrays.fill(promised, first - base, first - base + events, (byte) each);
      accepted += events;
      expected += events * each;
      acceptMicros.recordValue(micros(nanos - scheduled.getAcquire(first - base)));
    } else if (status == 0) {
      unanswered += events;
    } else {
      refused += events;
    }
  }

  /// A delivery arrived.
  ///
  /// @param number of its event; -1 if it bears none of this run
  /// @param copy which of the event's deliveries it is
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void received(int number, int copy, long nanos) {
    if (number >= 0 && number < base) {
      return; // a straggler of an earlier run, which has said already that it was missing
    }
    int event = number - base;
    long sent = event < 0 || event >= seen.length ? 0 : scheduled.getAcquire(event);
    if (sent == 0 || copy >= copies) {
      wrong++;
      return;
    }
    long bit = 1L << copy;
    lastReceipt = nanos;
    if ((seen[event] & bit) != 0) {
      duplicates++;
      return;
    }
    seen[event] |= bit;
    endToEndMicros.recordValue(micros(nanos - sent));
    received++;
  }

  private static long micros(long nanos) {
    return Math.clamp(nanos / 1_000, 0, LONGEST_MICROS);
  }

  /// Whether everything accepted has arrived.
  public boolean complete() {
    // What was not answered may arrive too, and must not make up for what was.
    return received >= expected && (unanswered == 0 || missing() == 0);
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
  public int wrong() {
    return wrong;
  }

  /// Deliveries of accepted events that have not arrived.
  public int missing() {
    return missingByEvent().values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many deliveries have not arrived of each accepted event of which some have not, by its
  /// number.
  public SortedMap<Integer, Integer> missingByEvent() {
    SortedMap<Integer, Integer> missing = new TreeMap<>();
    if (accepted == 0 || received < 0) { // reads both, so that what was written before is seen
      return missing;
    }
    for (int event = 0; event < promised.length; event++) {
      int absent = promised[event] - Long.bitCount(seen[event]);
      if (absent > 0) {
        missing.put(base + event, absent);
      }
    }
    return missing;
  }

  /// When the last one arrived, monotonic nanoseconds; 0 if none has.
  public long lastReceipt() {
    return lastReceipt;
  }

  /// How long publishes took until they were answered.
  public Histogram acceptMicros() {
    return acceptMicros;
  }

  /// How long it took from publishing to receiving.
  public Histogram endToEndMicros() {
    return endToEndMicros;
  }
}
