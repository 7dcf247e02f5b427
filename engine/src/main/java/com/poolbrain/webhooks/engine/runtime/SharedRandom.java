package com.poolbrain.webhooks.engine.runtime;

import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// A random source that many threads may use at once.
public final class SharedRandom implements RandomGenerator {

  private final RandomGenerator source;
  private final ReentrantLock lock = new ReentrantLock();

  public SharedRandom(RandomGenerator source) {
    this.source = source;
  }

  @Override
  public long nextLong() {
    lock.lock();
    try {
      return source.nextLong();
    } finally {
      lock.unlock();
    }
  }
}
