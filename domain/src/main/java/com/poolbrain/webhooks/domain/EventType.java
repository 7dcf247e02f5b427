package com.poolbrain.webhooks.domain;

import java.util.List;

/// As much of an event type as decisions need.
///
/// @param name the canonical name
/// @param aliases other names under which it can be subscribed, in the order they are preferred
/// @param mayBeGrouped whether several items may travel in one envelope
public record EventType(String name, List<String> aliases, boolean mayBeGrouped) {

  public EventType {
    aliases = List.copyOf(aliases);
  }
}
