package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import java.util.List;

/// The catalogue of event types.
public final class EventTypeManagement {

  private final EventCatalogue eventCatalogue;

  public EventTypeManagement(EventCatalogue eventCatalogue) {
    this.eventCatalogue = eventCatalogue;
  }

  public List<EventTypeDefinition> list(Principal principal) {
    Operation.READ_EVENT_TYPES.require(principal);
    return eventCatalogue.types();
  }

  /// The event type of a name, canonical or an alias, in any case.
  public EventTypeDefinition get(Principal principal, String name) {
    Operation.READ_EVENT_TYPES.require(principal);
    return eventCatalogue
        .find(name)
        .map(ResolvedEventType::type)
        .orElseThrow(() -> NotFound.eventType(eventCatalogue.explainUnknown(name)));
  }
}
