package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The event types of a simulation.
public final class SimulatedEventTypes {

  /// A type whose events may be grouped.
  static final EventType CUSTOMER_CREATED = new EventType("customer.created", List.of(), true);

  /// A type with an alias.
  public static final EventType CUSTOMER_STATUS_UPDATED =
      new EventType("customer.status.updated", List.of("customer.status.changed"), false);

  public static final EventType JOB_CREATED =
      new EventType("job.one_time.created", List.of("job.created"), false);

  public static final List<EventType> ALL =
      List.of(CUSTOMER_CREATED, CUSTOMER_STATUS_UPDATED, JOB_CREATED);

  private SimulatedEventTypes() {}

  /// The type with that name or alias; null if there is none.
  public static @Nullable EventType find(String name) {
    for (EventType type : ALL) {
      if (type.name().equals(name) || type.aliases().contains(name)) {
        return type;
      }
    }
    return null;
  }
}
