package com.poolbrain.webhooks.events;

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
public final class DataCheck {

  /// Characters of the longest value that is kept to search by.
  public static final int MAX_REFERENCE = 200;

  private final Problems problems;
  private final AsciiBuffer buffer = new AsciiBuffer();
  private final AsciiJson copier = new AsciiJson(buffer);

  /// A check that adds to these problems.
  public DataCheck(Problems problems) {
    this.problems = problems;
  }

  /// Reads the value that the walk stands on; the walk moves to its end, whatever it is.
  ///
  /// @return null if it does not fit, with at least one problem more than before
  /// @throws JsonRefusedException if it is not JSON after all, or holds half a surrogate pair
  public @Nullable CheckedItem read(StrictJson json, DataSchema schema) {
    if (json.token() != JsonToken.START_OBJECT) {
      problems.add(json.pointer(), "This must be an object with the fields " + names(schema) + ".");
      json.skipValue();
      return null;
    }
    int before = problems.count();
    List<String> references = new ArrayList<>(schema.searchReferences().size());
    buffer.clear();
    buffer.put('{');
    long seen = 0;
    while (json.next() == JsonToken.PROPERTY_NAME) {
      CompiledField field = schema.field(json.name());
      if (field == null) {
        problems.add(json.pointer(), unknown(json.name(), schema));
        json.next();
        json.skipValue();
      } else {
        if (seen != 0) {
          buffer.put(',');
        }
        seen |= field.bit();
        buffer.put(field.key());
        json.next();
        readValue(json, field, references);
      }
    }
    buffer.put('}');
    if ((schema.required() & ~seen) != 0) {
      addMissing(json.pointer(), schema, seen);
    }
    return problems.count() == before
        ? new CheckedItem(buffer.toArray(), List.copyOf(references))
        : null;
  }

  private void readValue(StrictJson json, CompiledField compiled, List<String> references) {
    Field field = compiled.field();
    String complaint = complaint(json, field);
    if (complaint != null) {
      problems.add(json.pointer(), complaint);
      json.skipValue();
      return;
    }
    copier.append(json);
    if (compiled.isSearchReference() && json.token() != JsonToken.VALUE_NULL) {
      String reference = json.text();
      if (!reference.isEmpty() && reference.length() <= MAX_REFERENCE) {
        references.add(reference);
      }
    }
  }

  private static @Nullable String complaint(StrictJson json, Field field) {
    Field.Type type = field.type();
    JsonToken token = json.token();
    if (token == JsonToken.VALUE_NULL) {
      return type.nullable() ? null : field.complaint(null);
    }
    if (type.kind() == Field.Kind.INTEGER) {
      return integerComplaint(json, field);
    }
    if (token != JsonToken.VALUE_STRING) {
      return field.complaint(null);
    }
    if (type.values().isEmpty()) {
      return null;
    }
    String value = json.text();
    return type.takes(value) ? null : field.complaint(Suggestions.hint(value, type.values()));
  }

  private static @Nullable String integerComplaint(StrictJson json, Field field) {
    JsonToken token = json.token();
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return field.complaint("leave out the fraction or exponent.");
    }
    if (token == JsonToken.VALUE_STRING) {
      return field.complaint("leave out the quotes.");
    }
    if (token != JsonToken.VALUE_NUMBER_INT) {
      return field.complaint(null);
    }
    boolean minusZero = json.parser().getStringLength() == 2 && json.text().equals("-0");
    return minusZero ? field.complaint("write 0 without a sign.") : null;
  }

  private void addMissing(String pointer, DataSchema schema, long seen) {
    for (Field field : schema.fields()) {
      CompiledField compiled = schema.field(field.name());
      if (field.required() && compiled != null && (seen & compiled.bit()) == 0) {
        problems.add(
            pointer + "/" + field.name(),
            field.name() + " is missing; it must be " + field.type().words() + ".");
      }
    }
  }

  static String unknown(String name, DataSchema schema) {
    List<String> known = schema.fields().stream().map(Field::name).toList();
    String hint = Suggestions.hint(name, known);
    return "There is no field \""
        + Suggestions.shortened(name)
        + "\"; "
        + (hint == null ? "the fields are " + String.join(", ", known) + "." : hint);
  }

  private static String names(DataSchema schema) {
    return String.join(", ", schema.fields().stream().map(Field::name).toList());
  }
}
