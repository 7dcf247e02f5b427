package com.poolbrain.webhooks.events;

/// An event type that was found by one of its names.
///
/// @param name the canonical name or alias that was looked up, in the spelling of the catalogue
/// @param type the event type
public record ResolvedEventType(String name, EventTypeDefinition type) {

  /// Whether the name is an alias.
  public boolean isAlias() {
    return !name.equals(type.name());
  }
}
