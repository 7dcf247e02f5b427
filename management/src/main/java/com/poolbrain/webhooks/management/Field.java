package com.poolbrain.webhooks.management;

import org.jspecify.annotations.Nullable;

/// A field of an input: absent, null, or with a value.
///
/// @param value null if the field is absent or null
public record Field<T>(boolean isPresent, @Nullable T value) {

  /// A field that was not sent.
  public static <T> Field<T> absent() {
    return new Field<>(false, null);
  }

  boolean isNull() {
    return isPresent && value == null;
  }

  /// The value of a field that can't be null.
  T orElse(T before) {
    return value == null ? before : value;
  }
}
