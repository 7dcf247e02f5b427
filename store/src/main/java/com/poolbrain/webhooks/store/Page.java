package com.poolbrain.webhooks.store;

import java.util.List;

/// One page of a list.
///
/// @param hasMore whether the list has items after this page
public record Page<T>(List<T> items, boolean hasMore) {

  public Page {
    items = List.copyOf(items);
  }

  /// The page of at most `limit` items from a query for `limit + 1` rows.
  public static <T> Page<T> of(List<T> rows, int limit) {
    return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
  }
}
