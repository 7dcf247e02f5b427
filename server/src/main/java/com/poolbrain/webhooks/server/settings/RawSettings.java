package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.http.NearestWord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The raw values of all variables, and what is wrong with them. The environment wins over the
/// file. A variable that is set to nothing counts as not set.
final class RawSettings {

  private record RawValue(String name, String value) {}

  private final Map<Setting, RawValue> values = new EnumMap<>(Setting.class);
  private final List<String> errors = new ArrayList<>();

  RawSettings(Map<String, String> environment, Map<String, String> file) {
    add(file, Setting::propertyName, "webhooks.", true);
    add(environment, Setting::environmentName, Setting.PREFIX, false);
  }

  private void add(
      Map<String, String> source,
      Function<Setting, String> name,
      String prefix,
      boolean rejectAllUnknown) {
    List<String> knownNames = Stream.of(Setting.values()).map(name).toList();
    for (Setting setting : Setting.values()) {
      String value = source.get(name.apply(setting));
      if (value != null && !value.isBlank()) {
        values.put(setting, new RawValue(name.apply(setting), value.strip()));
      }
    }
    source.keySet().stream()
        .filter(key -> (rejectAllUnknown || key.startsWith(prefix)) && !knownNames.contains(key))
        .filter(key -> !key.equals(Settings.CONFIG_VARIABLE))
        .sorted()
        .forEach(key ->
            errors.add(
                "There is no setting "
                    + key
                    + "."
                    + NearestWord.hint(key, knownNames, prefix.length())));
  }

  boolean isSet(Setting setting) {
    return values.containsKey(setting);
  }

  /// The value; null if it is not set and there is no default, or it is impossible.
  ///
  /// @param parser throws an `IllegalArgumentException` that says what is allowed: `must be …`
  <T> @Nullable T optional(Setting setting, Function<String, T> parser) {
    RawValue rawValue = values.get(setting);
    String text = rawValue == null ? setting.defaultValue() : rawValue.value();
    if (text.isEmpty()) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      addError(setting, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// The value of a variable that has a default; the default if the value is impossible, which is
  /// then complained about.
  <T> T value(Setting setting, Function<String, T> parser) {
    T value = optional(setting, parser);
    return value == null ? parser.apply(setting.defaultValue()) : value;
  }

  /// Says that a value is impossible. Secrets are not repeated.
  void addError(Setting setting, String requirement) {
    RawValue rawValue = values.get(setting);
    String name = rawValue == null ? setting.environmentName() : rawValue.name();
    boolean isSecret =
        switch (setting) {
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
    errors.add(
        rawValue == null || isSecret
            ? name + ": " + requirement + "."
            : name + ": " + requirement + ", not '" + rawValue.value() + "'.");
  }

  List<String> errors() {
    return errors;
  }
}
