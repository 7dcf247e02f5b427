package com.poolbrain.webhooks.store;

import java.util.List;

/// A part of a list.
///
/// @param more whether the list goes on after the last of these items
public record Page<T>(List<T> items, boolean more) {

  public Page {
    items = List.copyOf(items);
  }

  /// The page of `limit` items that `limit + 1` rows tell of.
  static <T> Page<T> of(List<T> rows, int limit) {
    return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
  }
}
