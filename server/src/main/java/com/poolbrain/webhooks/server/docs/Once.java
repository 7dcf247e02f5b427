package com.poolbrain.webhooks.server.docs;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is made when it is first asked for, once.
final class Once<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable T made;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T before = made;
    return before == null ? make() : before;
  }

  private T make() {
    making.lock();
    try {
      T now = made;
      if (now == null) {
        now = maker.get();
        made = now;
      }
      return now;
    } finally {
      making.unlock();
    }
  }
}
