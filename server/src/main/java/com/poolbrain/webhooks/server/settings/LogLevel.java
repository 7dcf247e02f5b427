package com.poolbrain.webhooks.server.settings;

/// How much is logged.
public enum LogLevel {
  /// Every attempt.
  DEBUG,
  /// Failed attempts, and what the service does.
  INFO,
  /// What somebody should look at.
  WARN
}
