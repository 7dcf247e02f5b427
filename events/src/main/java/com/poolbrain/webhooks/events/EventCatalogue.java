package com.poolbrain.webhooks.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The event types that can be sent, in display order. Immutable.
///
/// ```
/// EventCatalogue catalogue = EventCatalogue.builtIn();
/// Optional<ResolvedEventType> found = catalogue.find("JOB.deleted"); // "job.Deleted", an alias
/// ```
public final class EventCatalogue {

  private static final EventCatalogue BUILT_IN = new EventCatalogue(BuiltInTypes.all());

  private static final int MAX_NAMES_SHOWN = 20;

  private final List<EventTypeDefinition> types;

  /// Keyed by every name, as it is written and in lower case.
  private final Map<String, ResolvedEventType> byName = new LinkedHashMap<>();

  /// A catalogue of these types.
  ///
  /// @throws IllegalArgumentException if two types share a name or alias; upper and lower case are
  ///   equal
  public EventCatalogue(List<EventTypeDefinition> types) {
    this.types = List.copyOf(types);
    for (EventTypeDefinition type : types) {
      add(type.name(), type);
      type.aliases().forEach(alias -> add(alias, type));
    }
  }

  private void add(String name, EventTypeDefinition type) {
    var resolved = new ResolvedEventType(name, type);
    ResolvedEventType existing = byName.putIfAbsent(name.toLowerCase(Locale.ROOT), resolved);
    if (existing != null) {
      throw new IllegalArgumentException(
          "\"%s\" is already a name of %s; choose another one."
              .formatted(name, existing.type().name()));
    }
    byName.put(name, resolved);
  }

  /// The event types of the consumer guide, with `webhook.ping`.
  public static EventCatalogue builtIn() {
    return BUILT_IN;
  }

  /// This catalogue with one more type.
  ///
  /// @throws IllegalArgumentException if one of its names is already used
  public EventCatalogue with(EventTypeDefinition type) {
    List<EventTypeDefinition> extended = new ArrayList<>(types);
    extended.add(type);
    return new EventCatalogue(extended);
  }

  /// All types, in display order.
  public List<EventTypeDefinition> types() {
    return types;
  }

  /// The type with this name; empty if there is none.
  ///
  /// @param name canonical name or alias; upper and lower case are equal
  public Optional<ResolvedEventType> find(String name) {
    ResolvedEventType exact = byName.get(name);
    return Optional.ofNullable(exact != null ? exact : byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /// Names that can be subscribed and are similar to an unknown name, nearest first, at most 3.
  public List<String> suggest(String unknownName) {
    List<String> names =
        types.stream()
            .filter(EventTypeDefinition::mayBeSubscribed)
            .flatMap(type -> type.names().all().stream())
            .toList();
    return Suggestions.of(unknownName, names);
  }

  /// An error message for a name that is not in the catalogue, with similar names or all names.
  public String explainUnknown(String unknownName) {
    List<String> suggested = suggest(unknownName);
    String hint =
        suggested.isEmpty()
            ? "the events are " + String.join(", ", firstNames()) + "."
            : "did you mean \"" + String.join("\" or \"", suggested) + "\"?";
    return "There is no event \"" + Suggestions.abbreviate(unknownName) + "\"; " + hint;
  }

  /// Names for an error message, which must not grow with the catalogue.
  private List<String> firstNames() {
    List<String> names =
        types.stream()
            .filter(EventTypeDefinition::mayBeSubscribed)
            .map(EventTypeDefinition::name)
            .toList();
    if (names.size() <= MAX_NAMES_SHOWN) {
      return names;
    }
    List<String> shown = new ArrayList<>(names.subList(0, MAX_NAMES_SHOWN));
    shown.add("and " + (names.size() - MAX_NAMES_SHOWN) + " more");
    return shown;
  }
}
