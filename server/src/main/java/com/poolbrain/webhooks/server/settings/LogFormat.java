package com.poolbrain.webhooks.server.settings;

/// Format of log lines.
public enum LogFormat {
  /// Plain text.
  TEXT,
  /// One JSON object per line.
  JSON
}
