package com.poolbrain.webhooks.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The names of one event type. A name that was used once is never given to another type.
///
/// @param canonical name that is sent by default, in lower case
/// @param aliases names that endpoints may subscribe instead, the preferred one first, in the
///   spelling that is sent
public record EventTypeNames(String canonical, List<String> aliases) {

  /// The most characters of a name.
  public static final int MAX_LENGTH = 100;

  private static final Pattern CANONICAL = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+");
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)+");

  /// Validates the names.
  ///
  /// @throws IllegalArgumentException if a name does not consist of words separated by dots, is too
  ///   long, or occurs twice
  public EventTypeNames {
    aliases = List.copyOf(aliases);
    requireValid(canonical, CANONICAL, "lower-case words separated by dots, like customer.created");
    Set<String> seen = new HashSet<>();
    seen.add(canonical);
    for (String alias : aliases) {
      requireValid(alias, ALIAS, "words separated by dots, like job.Deleted");
      if (!seen.add(alias.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "\"" + alias + "\" occurs twice among the names of " + canonical + "; remove it.");
      }
    }
  }

  /// A name without aliases.
  public static EventTypeNames of(String canonical) {
    return new EventTypeNames(canonical, List.of());
  }

  /// The canonical name and the aliases.
  public List<String> all() {
    List<String> all = new ArrayList<>();
    all.add(canonical);
    all.addAll(aliases);
    return List.copyOf(all);
  }

  static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.';
  }

  private static void requireValid(String name, Pattern pattern, String expected) {
    if (name.length() > MAX_LENGTH || !pattern.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" can't be the name of an event: write %s, at most %d characters."
              .formatted(name, expected, MAX_LENGTH));
    }
  }
}
