package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The events that endpoints can subscribe, in the groups of the catalogue.
final class Subscription {

  private final EventTypeRegistry eventTypes;

  Subscription(EventTypeRegistry eventTypes) {
    this.eventTypes = eventTypes;
  }

  /// All types that can be subscribed.
  List<EventTypeDefinition> types() {
    return eventTypes.catalogue().types().stream()
        .filter(EventTypeDefinition::mayBeSubscribed)
        .toList();
  }

  /// The types by group, in the order of the catalogue.
  Map<String, List<EventTypeDefinition>> byGroup() {
    return types().stream()
        .collect(
            Collectors.groupingBy(
                EventTypeDefinition::category, LinkedHashMap::new, Collectors.toList()));
  }

  /// How many types are subscribed by these names.
  long count(List<String> names) {
    return types().stream().filter(type -> isSubscribed(type, names)).count();
  }

  /// The groups of the subscribed types.
  List<String> groups(List<String> names) {
    return types().stream()
        .filter(type -> isSubscribed(type, names))
        .map(EventTypeDefinition::category)
        .distinct()
        .toList();
  }

  private static boolean isSubscribed(EventTypeDefinition type, List<String> names) {
    return names.contains(type.name()) || type.aliases().stream().anyMatch(names::contains);
  }
}
