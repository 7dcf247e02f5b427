package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.DataSchema.CompiledField;
import com.poolbrain.webhooks.events.internal.AsciiJsonBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Copies objects of `data` and validates them against the schema of their type, in one pass.
/// Errors are collected with their place, and the pass goes on, so that a publisher sees all of
/// them.
///
/// One validator serves one request: it keeps a buffer and one collection of errors.
///
/// ```
/// var errors = new ValidationErrors();
/// var validator = new DataValidator(errors);
/// ValidatedItem item = validator.validate(json, type.schema()); // json is at the object
/// ```
public final class DataValidator {

  /// Characters of the longest value that is kept for searching.
  public static final int MAX_SEARCH_VALUE_LENGTH = 200;

  private final ValidationErrors errors;
  private final AsciiJsonBuffer buffer = new AsciiJsonBuffer();
  private final AsciiJsonCopier copier = new AsciiJsonCopier(buffer);

  /// A validator that adds to these errors.
  public DataValidator(ValidationErrors errors) {
    this.errors = errors;
  }

  /// Validates the current value of the reader, and moves the reader to its end.
  ///
  /// @return null if the value does not fit; then at least one error was added
  /// @throws InvalidJsonException if the value is not JSON, or holds a lone surrogate
  public @Nullable ValidatedItem validate(StrictJsonReader json, DataSchema schema) {
    if (json.token() != JsonToken.START_OBJECT) {
      errors.add(
          json, () -> "This must be an object with the fields " + joinFieldNames(schema) + ".");
      json.skipValue();
      return null;
    }
    int previousCount = errors.count();
    List<String> searchValues = new ArrayList<>(schema.searchableFields().size());
    buffer.clear();
    buffer.put('{');
    long seen = 0;
    while (json.next() == JsonToken.PROPERTY_NAME) {
      CompiledField field = schema.compiledField(json.name());
      if (field == null) {
        errors.add(json, () -> describeUnknownField(json.name(), schema));
        json.next();
        json.skipValue();
      } else {
        if (seen != 0) {
          buffer.put(',');
        }
        seen |= field.bit();
        buffer.put(field.key());
        json.next();
        validateValue(json, field, searchValues);
      }
    }
    buffer.put('}');
    if ((schema.requiredBits() & ~seen) != 0) {
      addMissingFields(json.pointer(), schema, seen);
    }
    return errors.count() == previousCount
        ? new ValidatedItem(buffer.toArray(), searchValues)
        : null;
  }

  private void validateValue(
      StrictJsonReader json, CompiledField compiled, List<String> searchValues) {
    DataField field = compiled.field();
    Supplier<String> error = findError(json, field);
    if (error != null) {
      errors.add(json, error);
      json.skipValue();
      return;
    }
    copier.append(json);
    if (compiled.searchable() && json.token() != JsonToken.VALUE_NULL) {
      String searchValue = json.text();
      if (!searchValue.isEmpty() && searchValue.length() <= MAX_SEARCH_VALUE_LENGTH) {
        searchValues.add(searchValue);
      }
    }
  }

  /// Makes the sentence about a value that does not fit; null if it fits.
  private static @Nullable Supplier<String> findError(StrictJsonReader json, DataField field) {
    DataField.Type type = field.type();
    JsonToken token = json.token();
    if (token == JsonToken.VALUE_NULL) {
      return type.nullable() ? null : () -> field.describeMismatch(null);
    }
    return switch (type.kind()) {
      case INTEGER -> findIntegerError(json, field);
      case STRING ->
          token == JsonToken.VALUE_STRING
              ? findDisallowed(json, field)
              : () -> field.describeMismatch(null);
      case BOOLEAN -> findBooleanError(token, field);
    };
  }

  private static @Nullable Supplier<String> findDisallowed(StrictJsonReader json, DataField field) {
    DataField.Type type = field.type();
    if (type.allowedValues().isEmpty()) {
      return null;
    }
    String value = json.text();
    return type.accepts(value)
        ? null
        : () -> field.describeMismatch(Suggestions.hint(value, type.allowedValues()));
  }

  private static @Nullable Supplier<String> findBooleanError(
      @Nullable JsonToken token, DataField field) {
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return null;
    }
    String hint = token == JsonToken.VALUE_STRING ? "leave out the quotes." : null;
    return () -> field.describeMismatch(hint);
  }

  private static @Nullable Supplier<String> findIntegerError(
      StrictJsonReader json, DataField field) {
    JsonToken token = json.token();
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return () -> field.describeMismatch("leave out the fraction or exponent.");
    }
    if (token == JsonToken.VALUE_STRING) {
      return () -> field.describeMismatch("leave out the quotes.");
    }
    if (token != JsonToken.VALUE_NUMBER_INT) {
      return () -> field.describeMismatch(null);
    }
    boolean minusZero = json.parser().getStringLength() == 2 && json.text().equals("-0");
    return minusZero
        ? () -> field.describeMismatch("write 0 without a sign.")
        : findDisallowed(json, field);
  }

  private void addMissingFields(String pointer, DataSchema schema, long seen) {
    for (CompiledField compiled : schema.compiledFields()) {
      DataField field = compiled.field();
      if (field.required() && (seen & compiled.bit()) == 0) {
        errors.add(
            pointer + "/" + field.name(),
            field.name() + " is missing; it must be " + field.type().describe() + ".");
      }
    }
  }

  static String describeUnknownField(String name, DataSchema schema) {
    List<String> fieldNames = schema.fields().stream().map(DataField::name).toList();
    String hint = Suggestions.hint(name, fieldNames);
    return "There is no field \""
        + Suggestions.abbreviate(name)
        + "\"; "
        + (hint == null ? "the fields are " + String.join(", ", fieldNames) + "." : hint);
  }

  private static String joinFieldNames(DataSchema schema) {
    return String.join(", ", schema.fields().stream().map(DataField::name).toList());
  }
}
