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
public final class Catalogue {

  private static final Catalogue RELEASED = new Catalogue(ReleasedTypes.all());

  private final List<EventTypeDefinition> types;

  /// By every name in its own spelling and in lower case.
  private final Map<String, NamedEventType> byName = new LinkedHashMap<>();

  /// A catalogue of these types.
  ///
  /// @throws IllegalArgumentException if two of them share a name or alias, in any case
  public Catalogue(List<EventTypeDefinition> types) {
    this.types = List.copyOf(types);
    for (EventTypeDefinition type : types) {
      add(type.name(), type);
      type.aliases().forEach(alias -> add(alias, type));
    }
  }

  private void add(String name, EventTypeDefinition type) {
    var named = new NamedEventType(name, type);
    NamedEventType taken = byName.putIfAbsent(name.toLowerCase(Locale.ROOT), named);
    if (taken != null) {
      throw new IllegalArgumentException(
          "\"%s\" is a name of %s already, for ever.".formatted(name, taken.type().name()));
    }
    byName.put(name, named);
  }

  /// The types of the consumer guide, and `webhook.ping`.
  public static Catalogue released() {
    return RELEASED;
  }

  /// A catalogue with one type more.
  ///
  /// @throws IllegalArgumentException if one of its names is taken
  public Catalogue with(EventTypeDefinition type) {
    List<EventTypeDefinition> more = new ArrayList<>(types);
    more.add(type);
    return new Catalogue(more);
  }

  /// All types, in the order they are shown.
  public List<EventTypeDefinition> types() {
    return types;
  }

  /// The type of this name.
  ///
  /// @param name canonical or an alias, in any case
  public Optional<NamedEventType> find(String name) {
    NamedEventType exact = byName.get(name);
    return Optional.ofNullable(exact != null ? exact : byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The names that can be subscribed and that somebody may have meant, nearest first, at most
  /// three; empty if none is near.
  public List<String> suggestions(String unknown) {
    List<String> names =
        types.stream()
            .filter(EventTypeDefinition::maySubscribe)
            .flatMap(type -> Stream.concat(Stream.of(type.name()), type.aliases().stream()))
            .toList();
    return Suggestions.of(unknown, names);
  }

  /// A sentence for a name that is not in the catalogue: what was meant, or what there is.
  public String unknownSentence(String unknown) {
    List<String> near = suggestions(unknown);
    String help =
        near.isEmpty()
            ? "the events are "
                + String.join(
                    ", ",
                    types.stream()
                        .filter(EventTypeDefinition::maySubscribe)
                        .map(EventTypeDefinition::name)
                        .toList())
                + "."
            : "did you mean \"" + String.join("\" or \"", near) + "\"?";
    return "There is no event \"" + Suggestions.shortened(unknown) + "\"; " + help;
  }
}
