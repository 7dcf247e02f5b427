package com.poolbrain.webhooks.events;

import java.util.ArrayList;
import java.util.List;

/// Collects the errors of one JSON document in their order. Keeps the first 100 and counts all.
public final class ValidationErrors {

  /// The most errors that are kept.
  public static final int MAX_KEPT = 100;

  private final List<ValidationError> kept = new ArrayList<>();
  private int count;

  /// An empty collection.
  public ValidationErrors() {}

  /// Adds an error.
  ///
  /// @param pointer place of the error, as a JSON pointer (RFC 6901)
  /// @param detail sentence that says what to do
  public void add(String pointer, String detail) {
    if (count++ < MAX_KEPT) {
      kept.add(new ValidationError(pointer, detail));
    }
  }

  /// The number of errors, including those that were not kept.
  public int count() {
    return count;
  }

  /// Whether there is no error.
  public boolean isEmpty() {
    return count == 0;
  }

  /// The kept errors, the first one first.
  public List<ValidationError> kept() {
    return List.copyOf(kept);
  }
}
