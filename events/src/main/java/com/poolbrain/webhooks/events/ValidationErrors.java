package com.poolbrain.webhooks.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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

  /// Adds an error at the current position of a reader.
  ///
  /// @param detail sentence that says what to do
  public void add(StrictJsonReader json, String detail) {
    add(json, () -> detail);
  }

  /// Adds an error at the current position of a reader. A document may have a million errors, so
  /// only the errors that are kept cost more than counting.
  ///
  /// @param detail makes the sentence that says what to do; called only if the error is kept
  public void add(StrictJsonReader json, Supplier<String> detail) {
    if (count++ < MAX_KEPT) {
      kept.add(new ValidationError(json.pointer(), detail.get()));
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
