package com.poolbrain.webhooks.management.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of an export: values by name, without those that are null. A value may be a row itself.
final class Row {

  private final Map<String, Object> values = new LinkedHashMap<>();

  /// Adds a value.
  Row with(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value instanceof Row inner ? inner.values : value);
    }
    return this;
  }

  /// The values in their order.
  Map<String, Object> values() {
    return values;
  }
}
