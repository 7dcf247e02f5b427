package com.poolbrain.webhooks.api.docs;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is made when it is first asked for, once.
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> supplier;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable T value;

  Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  @Override
  public T get() {
    T cached = value;
    return cached == null ? compute() : cached;
  }

  private T compute() {
    lock.lock();
    try {
      T computed = value;
      if (computed == null) {
        computed = supplier.get();
        value = computed;
      }
      return computed;
    } finally {
      lock.unlock();
    }
  }
}
