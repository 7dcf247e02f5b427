package com.poolbrain.webhooks.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of an event's `data`.
///
/// @param name as it is written in the JSON
/// @param description what it holds, for people
/// @param type what its value may be
/// @param required whether it has to be there (with `null` as its value, if it may be `null`)
public record Field(String name, String description, Type type, boolean required) {

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
  /// @param values the only strings that it may be; empty if any will do
  public record Type(Kind kind, boolean nullable, List<String> values) {

    public Type {
      values = List.copyOf(values);
    }

    /// Whether it may be this string.
    boolean takes(String value) {
      return kind == Kind.STRING && (values.isEmpty() || values.contains(value));
    }

    /// The type in words that follow "must be".
    String words() {
      String words;
      if (kind == Kind.INTEGER) {
        words = "an integer in plain digits";
      } else if (values.isEmpty()) {
        words = "a string";
      } else {
        words = "one of \"" + String.join("\", \"", values) + "\"";
      }
      return nullable ? words + ", or null" : words;
    }
  }

  /// The complaint about a value that does not fit.
  String complaint(@Nullable String hint) {
    return name + " must be " + type.words() + (hint == null ? "." : "; " + hint);
  }
}
