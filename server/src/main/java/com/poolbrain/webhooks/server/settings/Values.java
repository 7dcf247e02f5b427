package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.server.http.Nearest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The raw values of all variables, and what is wrong with them. The environment wins over the
/// file. A variable that is set to nothing counts as not set.
final class Values {

  private record Source(String name, String value) {}

  private final Map<Variable, Source> values = new EnumMap<>(Variable.class);
  private final List<String> complaints = new ArrayList<>();

  Values(Map<String, String> environment, Map<String, String> file) {
    add(file, Variable::property, "webhooks.", true);
    add(environment, Variable::variable, Variable.PREFIX, false);
  }

  private void add(
      Map<String, String> source, Function<Variable, String> name, String prefix, boolean all) {
    List<String> known = Stream.of(Variable.values()).map(name).toList();
    for (Variable variable : Variable.values()) {
      String value = source.get(name.apply(variable));
      if (value != null && !value.isBlank()) {
        values.put(variable, new Source(name.apply(variable), value.strip()));
      }
    }
    source.keySet().stream()
        .filter(key -> (all || key.startsWith(prefix)) && !known.contains(key))
        .filter(key -> !key.equals(Settings.CONFIG))
        .sorted()
        .forEach(key ->
            complaints.add(
                "There is no setting " + key + "." + Nearest.hint(key, known, prefix.length())));
  }

  boolean has(Variable variable) {
    return values.containsKey(variable);
  }

  /// The value; null if it is not set and there is no default, or it is impossible.
  ///
  /// @param parser throws an `IllegalArgumentException` that says what is allowed: `must be …`
  <T> @Nullable T optional(Variable variable, Function<String, T> parser) {
    Source source = values.get(variable);
    String text = source == null ? variable.otherwise() : source.value();
    if (text.isEmpty()) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      complain(variable, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// The value of a variable that has a default; the default if the value is impossible, which is
  /// then complained about.
  <T> T value(Variable variable, Function<String, T> parser) {
    T value = optional(variable, parser);
    return value == null ? parser.apply(variable.otherwise()) : value;
  }

  /// Says that a value is impossible. Secrets are not repeated.
  void complain(Variable variable, String allowed) {
    Source source = values.get(variable);
    String name = source == null ? variable.variable() : source.name();
    boolean secret =
        switch (variable) {
          case DATABASE_PASSWORD,
              DATABASE_URL,
              MASTER_KEY,
              PREVIOUS_MASTER_KEYS,
              ADMIN_KEY,
              SMTP_URL,
              EGRESS_PROXY ->
              true;
          default -> false;
        };
    complaints.add(
        source == null || secret
            ? name + ": " + allowed + "."
            : name + ": " + allowed + ", not '" + source.value() + "'.");
  }

  List<String> complaints() {
    return complaints;
  }
}
