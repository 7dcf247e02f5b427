package com.poolbrain.webhooks.engine.runtime;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Generates version 7 UUIDs (RFC 9562), each greater than the one before.
public final class UuidV7Generator implements Supplier<UUID> {

  private static final int SEQUENCE_LIMIT = 1 << 12;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private long millis;
  private int sequence;

  /// @param random used by one thread at a time
  public UuidV7Generator(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public UUID get() {
    lock.lock();
    try {
      long now = clock.millis();
      if (now > millis) {
        millis = now;
        sequence = 0;
      } else if (++sequence == SEQUENCE_LIMIT) {
        millis++;
        sequence = 0;
      }
      return UuidV7.of(millis, sequence, random.nextLong());
    } finally {
      lock.unlock();
    }
  }
}
