package com.poolbrain.webhooks.events;

/// An event type as somebody named it.
///
/// @param name its canonical name or the alias that was asked for, in the catalogue's spelling
/// @param type the type itself
public record ResolvedEventType(String name, EventTypeDefinition type) {

  /// Whether it was named by an alias.
  public boolean isAlias() {
    return !name.equals(type.name());
  }
}
