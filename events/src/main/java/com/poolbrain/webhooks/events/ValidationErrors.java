package com.poolbrain.webhooks.events;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with a document, in the order it was met. The first hundred are kept and
/// the rest counted: whoever sent ten thousand bad items has seen enough.
public final class ValidationErrors {

  /// How many are kept.
  public static final int MAX_KEPT = 100;

  private final List<ValidationError> kept = new ArrayList<>();
  private int count;

  /// None so far.
  public ValidationErrors() {}

  /// Adds one.
  ///
  /// @param pointer where, as a JSON pointer
  /// @param detail a sentence that says what to do
  public void add(String pointer, String detail) {
    if (count++ < MAX_KEPT) {
      kept.add(new ValidationError(pointer, detail));
    }
  }

  /// How many there are, those that were not kept included.
  public int count() {
    return count;
  }

  /// Whether nothing is wrong.
  public boolean isEmpty() {
    return count == 0;
  }

  /// Those that were kept.
  public List<ValidationError> kept() {
    return List.copyOf(kept);
  }
}
