package com.poolbrain.webhooks.management;

/// The result of a use case that the state of its resource may forbid.
public sealed interface Result<T> {

  /// It was done.
  record Done<T>(T value) implements Result<T> {}

  /// It is not possible now, and nothing was changed.
  ///
  /// @param advice says why, and what to do
  record Refused<T>(String advice) implements Result<T> {}
}
