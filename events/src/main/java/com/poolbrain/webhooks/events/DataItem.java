package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One object of an envelope's `data`. Immutable.
///
/// ```
/// DataItem item = DataItem.parse("{\"customerId\": 1001, \"displayName\": \"John Doe\"}");
/// long id = item.getLong("customerId");
/// ```
public final class DataItem {

  private final String json;
  private final Map<String, @Nullable Object> fields;

  private DataItem(String json, Map<String, @Nullable Object> fields) {
    this.json = json;
    this.fields = fields;
  }

  /// Reads one JSON object.
  ///
  /// @throws InvalidJsonException if the text is not strict JSON, or not an object
  public static DataItem parse(String json) {
    try (StrictJsonReader reader = StrictJsonReader.open(json.getBytes(StandardCharsets.UTF_8))) {
      reader.next();
      DataItem item = read(reader);
      reader.requireEnd();
      return item;
    }
  }

  /// Reads the value at the position of the reader, and moves the reader to its end.
  static DataItem read(StrictJsonReader reader) {
    String pointer = reader.pointer();
    byte[] ascii = new AsciiJsonCopier().copy(reader);
    try (StrictJsonReader copy = StrictJsonReader.open(ascii, pointer)) {
      copy.next();
      return new DataItem(new String(ascii, StandardCharsets.US_ASCII), copy.objectValue());
    }
  }

  /// The object as compact JSON in ASCII, with the digits of all numbers as they were received.
  public String json() {
    return json;
  }

  /// The fields in the order of the object; unmodifiable. A value is a `String`, `Boolean`, `Long`,
  /// `BigInteger` (integers of more than 64 bits), `BigDecimal` (numbers with a fraction or an
  /// exponent), `List`, `Map`, or null.
  public Map<String, @Nullable Object> fields() {
    return fields;
  }

  /// The value of an integer field.
  ///
  /// @throws IllegalArgumentException if the field is missing or not an integer of at most 64 bits
  public long getLong(String field) {
    if (fields.get(field) instanceof Long value) {
      return value;
    }
    throw new IllegalArgumentException(field + " must be an integer of at most 64 bits.");
  }

  /// The value of a text field.
  ///
  /// @throws IllegalArgumentException if the field is missing or not a string
  public String getString(String field) {
    if (fields.get(field) instanceof String value) {
      return value;
    }
    throw new IllegalArgumentException(field + " must be a string.");
  }

  /// The value of a text field that may be `null`.
  ///
  /// @throws IllegalArgumentException if the field is missing, or neither a string nor `null`
  public @Nullable String getStringOrNull(String field) {
    return fields.containsKey(field) && fields.get(field) == null ? null : getString(field);
  }

  /// Whether the other object has the same compact JSON.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataItem item && json.equals(item.json);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(json);
  }

  /// The same as [#json()].
  @Override
  public String toString() {
    return json;
  }
}
