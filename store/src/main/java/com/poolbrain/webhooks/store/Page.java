package com.poolbrain.webhooks.store;

import java.util.List;

/// A part of a list.
///
/// @param hasMore whether the list goes on after the last of these items
public record Page<T>(List<T> items, boolean hasMore) {

  public Page {
    items = List.copyOf(items);
  }

  /// The page of `limit` items that `limit + 1` rows tell of.
  public static <T> Page<T> of(List<T> rows, int limit) {
    return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
  }
}
