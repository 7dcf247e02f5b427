package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.eventtype.KnownEventType;
import org.jspecify.annotations.Nullable;

/// The event types that may be published, by any of their names.
final class PublishableTypes {

  private final EventTypeRegistry registry;

  PublishableTypes(EventTypeRegistry registry) {
    this.registry = registry;
  }

  /// The type of a name, canonical or an alias, in any case; null if there is none that may be
  /// published.
  @Nullable KnownEventType find(String name) {
    KnownEventType known = registry.find(name);
    return known != null && known.definition().mayBeSubscribed() ? known : null;
  }

  /// Why [#find] found nothing.
  String rejectionReason(String name) {
    KnownEventType known = registry.find(name);
    return known == null
        ? registry.catalogue().explainUnknown(name)
        : known.definition().name() + " is sent by the test button only; it can't be published.";
  }
}
