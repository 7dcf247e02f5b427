package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes the UUIDs of one node: each later than the one before.
public final class Ids implements Supplier<UUID> {

  private static final int ORDERS = 1 << 12;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private long millis;
  private int order;

  /// @param random is used by one thread at a time
  public Ids(InstantSource clock, RandomGenerator random) {
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
        order = 0;
      } else if (++order == ORDERS) {
        millis++;
        order = 0;
      }
      return UuidV7.of(millis, order, random.nextLong());
    } finally {
      lock.unlock();
    }
  }
}
