package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.AsciiJsonBuffer;
import com.poolbrain.webhooks.events.internal.CompiledField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Copies objects of `data` and checks them against their type's schema, in one pass. What does not
/// fit goes to the problems, with a pointer and a sentence; the pass goes on, so that a publisher
/// sees all that is wrong at once.
///
/// One check serves one request: it keeps a buffer, and adds to the same problems.
///
/// ```
/// var problems = new Problems();
/// var check = new DataCheck(problems);
/// CheckedItem item = check.read(json, type.schema()); // json stands on the object
/// ```
public final class DataValidator {

  /// Characters of the longest value that is kept to search by.
  public static final int MAX_SEARCH_VALUE_LENGTH = 200;

  private final ValidationErrors errors;
  private final AsciiJsonBuffer buffer = new AsciiJsonBuffer();
  private final AsciiJsonCopier copier = new AsciiJsonCopier(buffer);

  /// A check that adds to these problems.
  public DataValidator(ValidationErrors errors) {
    this.errors = errors;
  }

  /// Reads the value that the walk stands on; the walk moves to its end, whatever it is.
  ///
  /// @return null if it does not fit, with at least one problem more than before
  /// @throws JsonRefusedException if it is not JSON after all, or holds half a surrogate pair
  public @Nullable ValidatedItem validate(StrictJsonReader json, DataSchema schema) {
    if (json.token() != JsonToken.START_OBJECT) {
      errors.add(
          json.pointer(), "This must be an object with the fields " + joinFieldNames(schema) + ".");
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
        errors.add(json.pointer(), describeUnknownField(json.name(), schema));
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
        ? new ValidatedItem(buffer.toArray(), List.copyOf(searchValues))
        : null;
  }

  private void validateValue(
      StrictJsonReader json, CompiledField compiled, List<String> searchValues) {
    DataField dataField = compiled.field();
    String error = findError(json, dataField);
    if (error != null) {
      errors.add(json.pointer(), error);
      json.skipValue();
      return;
    }
    copier.append(json);
    if (compiled.isSearchable() && json.token() != JsonToken.VALUE_NULL) {
      String searchValue = json.text();
      if (!searchValue.isEmpty() && searchValue.length() <= MAX_SEARCH_VALUE_LENGTH) {
        searchValues.add(searchValue);
      }
    }
  }

  private static @Nullable String findError(StrictJsonReader json, DataField dataField) {
    DataField.Type type = dataField.type();
    JsonToken token = json.token();
    if (token == JsonToken.VALUE_NULL) {
      return type.nullable() ? null : dataField.describeMismatch(null);
    }
    if (type.kind() == DataField.Kind.INTEGER) {
      return findIntegerError(json, dataField);
    }
    if (token != JsonToken.VALUE_STRING) {
      return dataField.describeMismatch(null);
    }
    if (type.allowedValues().isEmpty()) {
      return null;
    }
    String value = json.text();
    return type.accepts(value)
        ? null
        : dataField.describeMismatch(Suggestions.hint(value, type.allowedValues()));
  }

  private static @Nullable String findIntegerError(StrictJsonReader json, DataField dataField) {
    JsonToken token = json.token();
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return dataField.describeMismatch("leave out the fraction or exponent.");
    }
    if (token == JsonToken.VALUE_STRING) {
      return dataField.describeMismatch("leave out the quotes.");
    }
    if (token != JsonToken.VALUE_NUMBER_INT) {
      return dataField.describeMismatch(null);
    }
    boolean minusZero = json.parser().getStringLength() == 2 && json.text().equals("-0");
    return minusZero ? dataField.describeMismatch("write 0 without a sign.") : null;
  }

  private void addMissingFields(String pointer, DataSchema schema, long seen) {
    for (DataField dataField : schema.fields()) {
      CompiledField compiled = schema.compiledField(dataField.name());
      if (dataField.required() && compiled != null && (seen & compiled.bit()) == 0) {
        errors.add(
            pointer + "/" + dataField.name(),
            dataField.name() + " is missing; it must be " + dataField.type().describe() + ".");
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
