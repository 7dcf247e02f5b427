package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Maps the types of the catalogue to those of the engine.
public final class EventTypes {

  private EventTypes() {}

  public static EventType toEventType(EventTypeDefinition definition) {
    return new EventType(definition.name(), definition.aliases(), definition.mayBeGrouped());
  }

  /// Finds event types by canonical name or alias; null for an unknown name.
  public static Function<String, @Nullable EventType> lookup(EventCatalogue eventCatalogue) {
    return name ->
        eventCatalogue
            .find(name)
            .map(ResolvedEventType::type)
            .map(EventTypes::toEventType)
            .orElse(null);
  }
}
