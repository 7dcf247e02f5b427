package com.poolbrain.webhooks.http.share;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How many bytes of large bodies each sender may send per second. Reading bodies takes time of an
/// event loop, which a sender could use up with bodies that are refused at once.
///
/// It is a token bucket in the form of the generic cell rate algorithm (ITU-T I.371): for each
/// sender, the time at which all that it was allowed is read at the given rate.
public final class SenderRates {

  private static final int MAX_IDLE_SENDERS = 1_000;

  private final long bytesPerSecond;
  private final long burstNanos;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Long> paidAt = new ConcurrentHashMap<>();

  /// @param burst bytes that a sender may send at once after a pause
  public SenderRates(long bytesPerSecond, long burst, LongSupplier nanoTime) {
    this.bytesPerSecond = bytesPerSecond;
    this.burstNanos = nanosFor(burst);
    this.nanoTime = nanoTime;
  }

  /// Takes bytes from the allowance of a sender.
  ///
  /// @return how long the sender must wait before it sends them; zero if it may send them now
  public Duration take(String sender, long bytes) {
    long now = nanoTime.getAsLong();
    if (paidAt.size() > MAX_IDLE_SENDERS) {
      paidAt.values().removeIf(time -> time - now <= 0);
    }
    long paid =
        paidAt.merge(
            sender,
            now + nanosFor(bytes),
            (earlier, _) -> Math.max(earlier, now) + nanosFor(bytes));
    return Duration.ofNanos(Math.max(0, paid - now - burstNanos));
  }

  private long nanosFor(long bytes) {
    return bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
  }
}
