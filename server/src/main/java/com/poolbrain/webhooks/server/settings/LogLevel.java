package com.poolbrain.webhooks.server.settings;

/// Lowest level that is logged.
public enum LogLevel {
  /// Every attempt.
  DEBUG,
  /// Failed attempts, start and stop.
  INFO,
  /// Faults that need attention.
  WARN
}
