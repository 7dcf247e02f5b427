package com.poolbrain.webhooks.events;

import java.util.List;
import java.util.stream.Collectors;

/// The `data` of an envelope: one object, or an array of objects of one type.
///
/// @param grouped whether `data` is an array, even if it holds one object only
/// @param items the objects in the order of the envelope; never empty
public record EnvelopeData(boolean grouped, List<DataItem> items) {

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there is no item, or several that are not grouped
  public EnvelopeData {
    items = List.copyOf(items);
    if (items.isEmpty() || (items.size() > 1 && !grouped)) {
      throw new IllegalArgumentException(
          "data must hold one object, or an array of at least one object");
    }
  }

  /// The compact JSON in ASCII, with the digits of all numbers as they were received.
  public String json() {
    return grouped
        ? items.stream().map(DataItem::json).collect(Collectors.joining(",", "[", "]"))
        : items.get(0).json();
  }
}
