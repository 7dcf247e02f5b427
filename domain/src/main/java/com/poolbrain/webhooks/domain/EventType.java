package com.poolbrain.webhooks.domain;

import java.util.List;

/// An event type, as far as deliveries depend on it.
///
/// @param name canonical name
/// @param aliases other names under which it can be subscribed, the preferred one first
/// @param mayBeGrouped whether one envelope may hold several items
public record EventType(String name, List<String> aliases, boolean mayBeGrouped) {

  public EventType {
    aliases = List.copyOf(aliases);
  }
}
