package com.poolbrain.webhooks.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every event type there is, in the order they are shown: a value that never changes. An operator
/// who adds a type makes another catalogue.
///
/// ```
/// Catalogue catalogue = Catalogue.released();
/// Optional<NamedEventType> found = catalogue.find("JOB.deleted"); // "job.Deleted", an alias
/// ```
public final class EventCatalogue {

  private static final EventCatalogue BUILT_IN = new EventCatalogue(BuiltInTypes.all());

  private final List<EventTypeDefinition> types;

  /// By every name in its own spelling and in lower case.
  private final Map<String, ResolvedEventType> byName = new LinkedHashMap<>();

  /// A catalogue of these types.
  ///
  /// @throws IllegalArgumentException if two of them share a name or alias, in any case
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
          "\"%s\" is a name of %s already, for ever.".formatted(name, existing.type().name()));
    }
    byName.put(name, resolved);
  }

  /// The types of the consumer guide, and `webhook.ping`.
  public static EventCatalogue builtIn() {
    return BUILT_IN;
  }

  /// A catalogue with one type more.
  ///
  /// @throws IllegalArgumentException if one of its names is taken
  public EventCatalogue with(EventTypeDefinition type) {
    List<EventTypeDefinition> extended = new ArrayList<>(types);
    extended.add(type);
    return new EventCatalogue(extended);
  }

  /// All types, in the order they are shown.
  public List<EventTypeDefinition> types() {
    return types;
  }

  /// The type of this name.
  ///
  /// @param name canonical or an alias, in any case
  public Optional<ResolvedEventType> find(String name) {
    ResolvedEventType exact = byName.get(name);
    return Optional.ofNullable(exact != null ? exact : byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The names that can be subscribed and that somebody may have meant, nearest first, at most
  /// three; empty if none is near.
  public List<String> suggest(String unknownName) {
    List<String> names =
        types.stream()
            .filter(EventTypeDefinition::mayBeSubscribed)
            .flatMap(type -> Stream.concat(Stream.of(type.name()), type.aliases().stream()))
            .toList();
    return Suggestions.of(unknownName, names);
  }

  /// A sentence for a name that is not in the catalogue: what was meant, or what there is.
  public String explainUnknown(String unknownName) {
    List<String> suggested = suggest(unknownName);
    String hint =
        suggested.isEmpty()
            ? "the events are "
                + String.join(
                    ", ",
                    types.stream()
                        .filter(EventTypeDefinition::mayBeSubscribed)
                        .map(EventTypeDefinition::name)
                        .toList())
                + "."
            : "did you mean \"" + String.join("\" or \"", suggested) + "\"?";
    return "There is no event \"" + Suggestions.abbreviate(unknownName) + "\"; " + hint;
  }
}
