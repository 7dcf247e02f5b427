package com.poolbrain.webhooks.events.payload;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes typed values out of an item, without reflection.
final class ItemFields {

  private final ObjectNode item;

  ItemFields(ObjectNode item) {
    this.item = item;
  }

  long integer(String name) {
    JsonNode value = item.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(name + " must be an integer of at most 64 bits.");
    }
    return value.longValue();
  }

  String text(String name) {
    JsonNode value = item.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " must be a string.");
    }
    return value.stringValue();
  }

  /// The text, or null if the item says `null`. The field itself has to be there.
  @Nullable String textOrNull(String name) {
    return item.path(name).isNull() ? null : text(name);
  }
}
