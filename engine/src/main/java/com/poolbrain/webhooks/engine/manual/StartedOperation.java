package com.poolbrain.webhooks.engine.manual;

/// A manual operation that has started.
///
/// @param <T> result of the operation
public interface StartedOperation<T> {

  /// Waits for the result.
  T await() throws InterruptedException;
}
