package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.CompiledField;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The JSON Schema (2020-12) of one event type's `data`, compiled so that checking it costs next to
/// nothing while a publisher's JSON is copied. Only flat objects without further fields are
/// accepted, with integers, strings, `null` and lists of allowed strings; a schema that says more
/// is refused when it is made, because a keyword that is not checked would be a promise not kept.
public final class DataSchema {

  /// The most fields that `data` may have.
  public static final int MAX_FIELDS = 64;

  private final String json;
  private final List<DataField> fields;
  private final Set<String> searchableFields;
  private final Map<String, CompiledField> fieldsByName = new HashMap<>();
  private final long requiredBits;

  private DataSchema(String json, List<DataField> fields, Set<String> searchableFields) {
    this.json = json;
    this.fields = List.copyOf(fields);
    this.searchableFields = searchableFields;
    long bits = 0;
    for (int i = 0; i < fields.size(); i++) {
      DataField dataField = fields.get(i);
      var compiled = CompiledField.of(dataField, i, searchableFields.contains(dataField.name()));
      fieldsByName.put(dataField.name(), compiled);
      bits |= dataField.required() ? compiled.bit() : 0;
    }
    requiredBits = bits;
  }

  /// Compiles a schema.
  ///
  /// @param json the text of the schema
  /// @param searchableFields the fields by whose values an event can be found later
  /// @throws IllegalArgumentException if it is not JSON, says more than can be checked, or has no
  ///   field of such a name; the message says which keyword and where
  public static DataSchema parse(String json, Collection<String> searchableFields) {
    List<DataField> fields = DataSchemaParser.parse(json);
    for (String name : searchableFields) {
      if (fields.stream().noneMatch(dataField -> dataField.name().equals(name))) {
        throw new IllegalArgumentException(
            "The search reference \"" + name + "\" is not a field of the schema.");
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
    return fields;
  }

  /// The names of the fields by whose values an event can be found later.
  public Set<String> searchableFields() {
    return Set.copyOf(searchableFields);
  }

  @Nullable CompiledField compiledField(String name) {
    return fieldsByName.get(name);
  }

  /// The bits of the fields that have to be there.
  long requiredBits() {
    return requiredBits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataSchema schema
        && json.equals(schema.json)
        && searchableFields.equals(schema.searchableFields);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
