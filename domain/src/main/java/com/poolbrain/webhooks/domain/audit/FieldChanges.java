package com.poolbrain.webhooks.domain.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fields that an action changed, with their values before and after it. Never a secret.
///
/// A value is a text, a number, a boolean, a list of texts, or null.
public final class FieldChanges {

  private final Map<String, @Nullable Object> before = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> after = new LinkedHashMap<>();

  /// No changes.
  public static FieldChanges none() {
    return new FieldChanges();
  }

  /// Adds a field if its values differ.
  public FieldChanges compare(String field, @Nullable Object from, @Nullable Object to) {
    if (!Objects.equals(from, to)) {
      before.put(field, checked(from));
      after.put(field, checked(to));
    }
    return this;
  }

  /// Adds a field of something new.
  public FieldChanges added(String field, @Nullable Object value) {
    after.put(field, checked(value));
    return this;
  }

  /// Adds a field of something that is gone.
  public FieldChanges removed(String field, @Nullable Object value) {
    before.put(field, checked(value));
    return this;
  }

  /// The values before; a field that did not exist is missing.
  public Map<String, @Nullable Object> before() {
    return before;
  }

  /// The values after; a field that is gone is missing.
  public Map<String, @Nullable Object> after() {
    return after;
  }

  private static @Nullable Object checked(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean bool -> bool;
      case Long number -> number;
      case Integer number -> number;
      case Double number -> number;
      case List<?> list -> List.copyOf(list);
      default ->
          throw new IllegalArgumentException("not a value of the audit: " + value.getClass());
    };
  }
}
