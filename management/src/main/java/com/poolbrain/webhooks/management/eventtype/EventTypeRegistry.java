package com.poolbrain.webhooks.management.eventtype;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.store.config.StoredEventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event types that this node knows: those of the consumer guide, and those that operators
/// added. The node replaces the latter with the configuration, so every node knows a new type
/// within a second. Safe for use by many threads.
public final class EventTypeRegistry {

  private static final Logger log = LoggerFactory.getLogger(EventTypeRegistry.class);

  private final EventCatalogue builtIn;
  private volatile Snapshot snapshot;

  /// All types at one time.
  ///
  /// @param byName by every name, as it is written and in lower case
  private record Snapshot(EventCatalogue catalogue, Map<String, KnownEventType> byName) {

    static Snapshot of(List<KnownEventType> types) {
      Map<String, KnownEventType> byName = new HashMap<>();
      for (KnownEventType type : types) {
        for (String name : type.definition().names().all()) {
          byName.put(name, type);
          byName.putIfAbsent(name.toLowerCase(Locale.ROOT), type);
        }
      }
      return new Snapshot(
          new EventCatalogue(types.stream().map(KnownEventType::definition).toList()), byName);
    }

    @Nullable KnownEventType find(String name) {
      KnownEventType exact = byName.get(name);
      return exact != null ? exact : byName.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /// A registry of these types alone, until operators add others.
  public EventTypeRegistry(EventCatalogue builtIn) {
    this.builtIn = builtIn;
    this.snapshot = Snapshot.of(builtIn.types().stream().map(KnownEventType::builtIn).toList());
  }

  /// A registry of the types of the consumer guide, until operators add others.
  public static EventTypeRegistry builtIn() {
    return new EventTypeRegistry(EventCatalogue.builtIn());
  }

  /// All types now.
  public EventCatalogue catalogue() {
    return snapshot.catalogue();
  }

  /// The type of a name, canonical or an alias, in any case; null if there is none.
  public @Nullable KnownEventType find(String name) {
    return snapshot.find(name);
  }

  /// The type of a name, as the engine needs it; null if there is none.
  public @Nullable EventType findEventType(String name) {
    KnownEventType known = find(name);
    return known == null ? null : known.type();
  }

  /// All types now, in display order.
  List<KnownEventType> list() {
    Snapshot now = snapshot;
    return now.catalogue().types().stream().map(type -> now.byName().get(type.name())).toList();
  }

  boolean isBuiltIn(String name) {
    return builtIn.find(name).isPresent();
  }

  /// Replaces the types that operators added.
  public void replaceOperatorTypes(List<StoredEventType> stored) {
    Map<String, KnownEventType> types = new LinkedHashMap<>();
    for (EventTypeDefinition definition : builtIn.types()) {
      types.put(definition.name(), KnownEventType.builtIn(definition));
    }
    for (StoredEventType type : stored) {
      KnownEventType known = read(type);
      if (known != null) {
        types.put(type.name(), known);
      }
    }
    snapshot = Snapshot.of(new ArrayList<>(types.values()));
  }

  /// A stored type; null if this version of the service can't use it. The other types must not
  /// suffer from that.
  private @Nullable KnownEventType read(StoredEventType stored) {
    if (isBuiltIn(stored.name())) {
      log.error(
          "The event type {} that an operator added is a built-in one of this version; the built-in"
              + " one is used.",
          stored.name());
      return null;
    }
    try {
      return KnownEventType.ofOperator(
          OperatorEventType.parse(stored.name(), stored.fields()), stored);
    } catch (IllegalArgumentException e) {
      log.error(
          "The stored event type {} can't be used: {} Until it is put again, it can be neither"
              + " published nor subscribed.",
          stored.name(),
          e.getMessage());
      return null;
    }
  }
}
