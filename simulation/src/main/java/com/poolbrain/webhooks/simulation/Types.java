package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The event types of a simulated world.
final class Types {

  /// May be grouped.
  static final EventType CREATED = new EventType("customer.created", List.of(), true);

  /// Has an alias.
  static final EventType STATUS =
      new EventType("customer.status.updated", List.of("customer.status.changed"), false);

  static final EventType JOB = new EventType("job.one_time.created", List.of("job.created"), false);

  static final List<EventType> ALL = List.of(CREATED, STATUS, JOB);

  private Types() {}

  /// The type of that name or alias.
  static @Nullable EventType named(String name) {
    for (EventType type : ALL) {
      if (type.name().equals(name) || type.aliases().contains(name)) {
        return type;
      }
    }
    return null;
  }
}
