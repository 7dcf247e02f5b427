package com.poolbrain.webhooks.cli.doctor;

import org.jspecify.annotations.Nullable;

/// What one step of an examination found.
///
/// @param text one line
/// @param advice what to do; null if there is nothing to do
public record Finding(Step step, Level level, String text, @Nullable String advice) {

  /// What was examined, in the order of an attempt.
  public enum Step {
    URL,
    DNS,
    CONNECTION,
    CERTIFICATE,
    REQUEST
  }

  /// Whether deliveries succeed.
  public enum Level {
    OK,
    /// They do, but something should be done.
    WARNING,
    /// They don't.
    FAILED
  }

  static Finding ok(Step step, String text) {
    return new Finding(step, Level.OK, text, null);
  }

  static Finding warning(Step step, String text, String advice) {
    return new Finding(step, Level.WARNING, text, advice);
  }

  static Finding failed(Step step, String text, @Nullable String advice) {
    return new Finding(step, Level.FAILED, text, advice);
  }
}
