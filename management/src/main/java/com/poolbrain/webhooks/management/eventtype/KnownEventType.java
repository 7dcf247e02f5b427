package com.poolbrain.webhooks.management.eventtype;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.WireNamed;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.store.config.StoredEventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event type of the registry.
///
/// @param type the type as the engine needs it
/// @param createdAt when an operator added it; null for a built-in type
/// @param changes changes since then, newest first
public record KnownEventType(
    EventTypeDefinition definition,
    EventType type,
    Source source,
    @Nullable Instant createdAt,
    List<StoredEventType.Change> changes) {

  public KnownEventType {
    changes = List.copyOf(changes);
  }

  /// Where an event type comes from.
  public enum Source implements WireNamed {
    /// It belongs to the consumer guide, and never changes.
    BUILT_IN,
    /// An operator added it.
    OPERATOR
  }

  static KnownEventType builtIn(EventTypeDefinition definition) {
    return new KnownEventType(
        definition, toEventType(definition), Source.BUILT_IN, null, List.of());
  }

  static KnownEventType ofOperator(EventTypeDefinition definition, StoredEventType stored) {
    return new KnownEventType(
        definition, toEventType(definition), Source.OPERATOR, stored.createdAt(), stored.changes());
  }

  private static EventType toEventType(EventTypeDefinition definition) {
    return new EventType(definition.name(), definition.aliases(), definition.mayBeGrouped());
  }
}
