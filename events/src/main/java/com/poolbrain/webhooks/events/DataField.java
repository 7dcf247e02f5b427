package com.poolbrain.webhooks.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of an event's `data`.
///
/// @param name key in the JSON
/// @param description description from the schema; empty if there is none
/// @param type type of its values
/// @param required whether the field must be present; its value may be `null` if it is nullable
public record DataField(String name, String description, Type type, boolean required) {

  /// The kind of a value.
  public enum Kind {
    /// An integer of any size, without fraction or exponent.
    INTEGER,
    /// A string.
    STRING,
    /// `true` or `false`.
    BOOLEAN
  }

  /// The type of a field's values.
  ///
  /// @param kind kind of the values
  /// @param nullable whether `null` is allowed too
  /// @param allowedValues the allowed strings, or the digits of the allowed integers; empty if
  ///   every value of the kind is allowed
  public record Type(Kind kind, boolean nullable, List<String> allowedValues) {

    /// Copies the list.
    public Type {
      allowedValues = List.copyOf(allowedValues);
    }

    /// Whether this string, or the integer of these digits, is one of the allowed values.
    boolean accepts(String value) {
      return allowedValues.isEmpty() || allowedValues.contains(value);
    }

    /// The type in words that can follow "must be".
    String describe() {
      String text = allowedValues.isEmpty() ? describeKind() : describeAllowedValues();
      return nullable ? text + ", or null" : text;
    }

    private String describeKind() {
      return switch (kind) {
        case INTEGER -> "an integer in plain digits";
        case STRING -> "a string";
        case BOOLEAN -> "true or false";
      };
    }

    private String describeAllowedValues() {
      String quote = kind == Kind.STRING ? "\"" : "";
      return "one of " + quote + String.join(quote + ", " + quote, allowedValues) + quote;
    }
  }

  /// The error message about a value that does not fit.
  String describeMismatch(@Nullable String hint) {
    return name + " must be " + type.describe() + (hint == null ? "." : "; " + hint);
  }
}
