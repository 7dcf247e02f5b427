package com.poolbrain.webhooks.web.component;

import org.jspecify.annotations.Nullable;

/// A field of a form with its label, hint and error.
///
/// @param name of the field in the form, and id of its element
/// @param type of the input element; `textarea` for several lines
/// @param hint null if there is none
/// @param error null if there is none
public record FieldView(
    String name,
    String label,
    String type,
    String value,
    boolean optional,
    @Nullable String hint,
    @Nullable String error) {

  /// A field without a hint and an error.
  public static FieldView of(String name, String label, String value) {
    return new FieldView(name, label, "text", value, false, null, null);
  }

  /// The same field with another type of its input element.
  public FieldView withType(String newType) {
    return new FieldView(name, label, newType, value, optional, hint, error);
  }

  /// The same field with a hint.
  public FieldView withHint(String newHint) {
    return new FieldView(name, label, type, value, optional, newHint, error);
  }

  /// The same field with an error.
  public FieldView withError(@Nullable String newError) {
    return new FieldView(name, label, type, value, optional, hint, newError);
  }

  /// The same field, which may be left empty.
  public FieldView asOptional() {
    return new FieldView(name, label, type, value, true, hint, error);
  }

  /// The id of the element.
  public String id() {
    return "f-" + name;
  }

  /// Whether it has several lines.
  public boolean isLong() {
    return type.equals("textarea");
  }

  /// The keyboard of phones; null for the usual one.
  public @Nullable String inputMode() {
    return type.equals("number") ? "decimal" : null;
  }

  /// The ids of error, hint and the word "optional"; null if there is none of them.
  public @Nullable String describedBy() {
    String ids =
        (error == null ? "" : id() + "-e ")
            + (hint == null ? "" : id() + "-h ")
            + (optional ? id() + "-o" : "");
    return ids.isEmpty() ? null : ids.strip();
  }
}
