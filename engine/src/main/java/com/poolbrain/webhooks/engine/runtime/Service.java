package com.poolbrain.webhooks.engine.runtime;

/// A part that works in the background.
public interface Service extends AutoCloseable {

  /// Starts the work. Called once.
  void start();

  /// Ends the work, and returns when nothing runs any more. Closing twice is harmless.
  @Override
  void close();
}
