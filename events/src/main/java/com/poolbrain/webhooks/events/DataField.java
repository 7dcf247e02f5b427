package com.poolbrain.webhooks.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of an event's `data`.
///
/// @param name as it is written in the JSON
/// @param description what it holds, for people
/// @param type what its value may be
/// @param required whether it has to be there (with `null` as its value, if it may be `null`)
public record DataField(String name, String description, Type type, boolean required) {

  /// What a value is made of.
  public enum Kind {
    /// A whole number of any size, in plain digits.
    INTEGER,
    /// Text.
    STRING
  }

  /// What the value of a field may be.
  ///
  /// @param kind what it is made of
  /// @param nullable whether it may be `null` instead
  /// @param allowedValues the only strings that it may be; empty if any will do
  public record Type(Kind kind, boolean nullable, List<String> allowedValues) {

    public Type {
      allowedValues = List.copyOf(allowedValues);
    }

    /// Whether it may be this string.
    boolean accepts(String value) {
      return kind == Kind.STRING && (allowedValues.isEmpty() || allowedValues.contains(value));
    }

    /// The type in words that follow "must be".
    String describe() {
      String text;
      if (kind == Kind.INTEGER) {
        text = "an integer in plain digits";
      } else if (allowedValues.isEmpty()) {
        text = "a string";
      } else {
        text = "one of \"" + String.join("\", \"", allowedValues) + "\"";
      }
      return nullable ? text + ", or null" : text;
    }
  }

  /// The complaint about a value that does not fit.
  String describeMismatch(@Nullable String hint) {
    return name + " must be " + type.describe() + (hint == null ? "." : "; " + hint);
  }
}
