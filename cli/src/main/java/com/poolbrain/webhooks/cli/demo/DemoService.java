package com.poolbrain.webhooks.cli.demo;

import java.net.URI;

/// A service at work in this process.
public interface DemoService extends AutoCloseable {

  /// Where its API is.
  URI url();

  /// Ends it, and returns when it is quiet.
  @Override
  void close();
}
