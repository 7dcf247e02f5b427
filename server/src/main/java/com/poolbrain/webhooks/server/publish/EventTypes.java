package com.poolbrain.webhooks.server.publish;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.events.DataSchema;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.NamedEventType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The catalogue as publishing uses it: by any name, with the type as decisions need it.
final class EventTypes {

  /// A type that may be published.
  record Publishable(EventType type, DataSchema schema) {}

  private final Catalogue catalogue;
  private final Map<String, Publishable> byName = new HashMap<>();

  EventTypes(Catalogue catalogue) {
    this.catalogue = catalogue;
    for (EventTypeDefinition type : catalogue.types()) {
      if (type.maySubscribe()) {
        byName.put(
            type.name(),
            new Publishable(
                new EventType(type.name(), type.aliases(), type.mayBeGrouped()), type.schema()));
      }
    }
  }

  /// The type of this name, canonical or an alias, in any case; null if none may be published.
  @Nullable Publishable find(String name) {
    return catalogue.find(name).map(found -> byName.get(found.type().name())).orElse(null);
  }

  /// Why [#find] found nothing.
  String complaint(String name) {
    return catalogue
        .find(name)
        .map(NamedEventType::name)
        .map(known -> known + " is sent by the test button only; it can't be published.")
        .orElseGet(() -> catalogue.unknownSentence(name));
  }
}
