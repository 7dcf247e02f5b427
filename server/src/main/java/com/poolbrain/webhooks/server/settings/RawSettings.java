package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.events.Suggestions;
import com.poolbrain.webhooks.store.PasswordMask;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Texts of all settings, and the errors found in them. The environment overrides the file. A blank
/// value counts as not set.
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
        .filter(key -> !Settings.OTHER_VARIABLES.contains(key))
        .sorted()
        .forEach(key -> errors.add(unknownSetting(key, prefix, knownNames)));
  }

  private static String unknownSetting(String key, String prefix, List<String> knownNames) {
    // Without the prefix, which all names share and which would make any two of them similar.
    List<String> known = knownNames.stream().map(name -> name.substring(prefix.length())).toList();
    String nearest =
        Suggestions.nearest(key.substring(Math.min(prefix.length(), key.length())), known);
    return "There is no setting %s.".formatted(key)
        + (nearest == null ? "" : " Did you mean '%s'?".formatted(prefix + nearest));
  }

  boolean isSet(Setting setting) {
    return values.containsKey(setting);
  }

  /// The parsed value; null if it is invalid, or not set and without a default.
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

  /// The parsed value of a setting that has a default. An invalid value is reported as an error,
  /// and replaced by the default until then.
  <T> T value(Setting setting, Function<String, T> parser) {
    T value = optional(setting, parser);
    return value == null ? parser.apply(setting.defaultValue()) : value;
  }

  /// The parsed elements of a comma-separated value; empty if it is invalid or not set.
  <T> List<T> list(Setting setting, Function<String, T> parser) {
    List<T> values =
        optional(
            setting,
            text -> Stream.of(text.split(",", -1)).map(String::strip).map(parser).toList());
    return values == null ? List.of() : values;
  }

  /// Adds an error. The value is quoted unless it is a secret, and without passwords.
  void addError(Setting setting, String requirement) {
    RawValue rawValue = values.get(setting);
    String name = rawValue == null ? setting.environmentName() : rawValue.name();
    errors.add(
        rawValue == null || setting.isSecret()
            ? name + ": " + requirement + "."
            : "%s: %s, not '%s'."
                .formatted(name, requirement, PasswordMask.hidePasswords(rawValue.value())));
  }

  List<String> errors() {
    return errors;
  }
}
