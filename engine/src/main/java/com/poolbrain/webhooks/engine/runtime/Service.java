package com.poolbrain.webhooks.engine.runtime;

/// A part that works in the background. Closing twice is fine; close returns when it is quiet.
public interface Service extends AutoCloseable {

  /// Begins to work. Called once.
  void start();

  @Override
  void close();
}
