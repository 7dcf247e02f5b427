package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The JSON Schema (2020-12) of one event type's `data`, compiled for fast validation.
///
/// Only flat objects without further fields are supported, with strings, integers, booleans, `null`
/// and lists of allowed values. A schema with any other keyword is rejected, because nothing would
/// check it.
public final class DataSchema {

  /// The most fields that `data` may have.
  public static final int MAX_FIELDS = 64;

  private final String json;
  private final Set<String> searchableFields;
  private final Map<String, CompiledField> compiledFields = new LinkedHashMap<>();
  private final long requiredBits;

  /// A field as validation needs it.
  ///
  /// @param bit the field's bit in a set of fields
  /// @param key the key in quotes, with its colon; not to be changed
  record CompiledField(DataField field, long bit, byte[] key, boolean searchable) {}

  private DataSchema(String json, List<DataField> fields, Set<String> searchableFields) {
    this.json = json;
    this.searchableFields = searchableFields;
    long bits = 0;
    for (int i = 0; i < fields.size(); i++) {
      DataField field = fields.get(i);
      byte[] key = ('"' + field.name() + "\":").getBytes(StandardCharsets.US_ASCII);
      long bit = 1L << i;
      compiledFields.put(
          field.name(),
          new CompiledField(field, bit, key, searchableFields.contains(field.name())));
      bits |= field.required() ? bit : 0;
    }
    requiredBits = bits;
  }

  /// Compiles the schema of a released type. It names its dialect and may have annotations.
  ///
  /// @param json the text of the schema
  /// @param searchableFields names of the fields by whose values an event can be found later
  /// @throws IllegalArgumentException if the text is not JSON, has an unsupported keyword, or lacks
  ///   a searchable field; the message names the keyword and its place
  public static DataSchema parse(String json, Collection<String> searchableFields) {
    return compile(json, DataSchemaParser.parseReleased(json), searchableFields);
  }

  /// Compiles a schema that has no keywords but `type`, `properties`, `required`, `enum`,
  /// `description` and `additionalProperties`.
  ///
  /// @param json the text of the schema
  /// @param searchableFields names of the fields by whose values an event can be found later
  /// @throws InvalidSchemaException if it has another keyword, or a value that is not supported
  /// @throws IllegalArgumentException if the text is not JSON, or lacks a searchable field
  public static DataSchema parsePlain(String json, Collection<String> searchableFields) {
    return compile(json, DataSchemaParser.parsePlain(json), searchableFields);
  }

  private static DataSchema compile(
      String json, List<DataField> fields, Collection<String> searchableFields) {
    for (String name : searchableFields) {
      if (fields.stream().noneMatch(field -> field.name().equals(name))) {
        throw new IllegalArgumentException(
            "The searchable field \"" + name + "\" is not a field of the schema.");
      }
    }
    return new DataSchema(json, fields, new LinkedHashSet<>(searchableFields));
  }

  /// The text of the schema.
  public String json() {
    return json;
  }

  /// The fields, in the order of the schema.
  public List<DataField> fields() {
    return compiledFields.values().stream().map(CompiledField::field).toList();
  }

  /// The names of the fields by whose values an event can be found later.
  public Set<String> searchableFields() {
    return Set.copyOf(searchableFields);
  }

  Collection<CompiledField> compiledFields() {
    return compiledFields.values();
  }

  @Nullable CompiledField compiledField(String name) {
    return compiledFields.get(name);
  }

  /// The bits of the required fields.
  long requiredBits() {
    return requiredBits;
  }

  /// Whether the other schema has the same text and the same searchable fields.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataSchema schema
        && json.equals(schema.json)
        && searchableFields.equals(schema.searchableFields);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /// The same as [#json()].
  @Override
  public String toString() {
    return json;
  }
}
