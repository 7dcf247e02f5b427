package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.management.EventTypes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The event types that may be published, by any of their names.
final class PublishableTypes {

  record PublishableType(EventType type, DataSchema schema) {}

  private final EventCatalogue eventCatalogue;
  private final Map<String, PublishableType> byName = new HashMap<>();

  PublishableTypes(EventCatalogue eventCatalogue) {
    this.eventCatalogue = eventCatalogue;
    for (EventTypeDefinition definition : eventCatalogue.types()) {
      if (definition.mayBeSubscribed()) {
        byName.put(
            definition.name(),
            new PublishableType(EventTypes.toEventType(definition), definition.schema()));
      }
    }
  }

  /// The type of a name, canonical or an alias, in any case; null if there is none that may be
  /// published.
  @Nullable PublishableType find(String name) {
    return eventCatalogue.find(name).map(found -> byName.get(found.type().name())).orElse(null);
  }

  /// Why [#find] found nothing.
  String rejectionReason(String name) {
    return eventCatalogue
        .find(name)
        .map(ResolvedEventType::name)
        .map(canonicalName ->
            canonicalName + " is sent by the test button only; it can't be published.")
        .orElseGet(() -> eventCatalogue.explainUnknown(name));
  }
}
