package com.poolbrain.webhooks.web.catalogue;

import com.poolbrain.webhooks.events.EventTypeDefinition;
import java.util.List;

/// An event type in the list.
///
/// @param subscribed how many endpoints get it, in words; empty for a type that none can subscribe
record EventTypeCard(
    String name,
    String path,
    String description,
    boolean mayBeGrouped,
    boolean mayBeSubscribed,
    List<String> aliases,
    String subscribed) {

  static EventTypeCard of(EventTypeDefinition type, String path, Subscribers subscribers) {
    return new EventTypeCard(
        type.name(),
        path,
        type.description(),
        type.mayBeGrouped(),
        type.mayBeSubscribed(),
        type.aliases(),
        type.mayBeSubscribed() ? subscribers.count(type) : "");
  }
}
