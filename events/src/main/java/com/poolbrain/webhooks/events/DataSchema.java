package com.poolbrain.webhooks.events;

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
  private final List<Field> fields;
  private final Set<String> searchReferences;
  private final Map<String, CompiledField> byName = new HashMap<>();
  private final long required;

  private DataSchema(String json, List<Field> fields, Set<String> searchReferences) {
    this.json = json;
    this.fields = List.copyOf(fields);
    this.searchReferences = searchReferences;
    long bits = 0;
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      var compiled = CompiledField.of(field, i, searchReferences.contains(field.name()));
      byName.put(field.name(), compiled);
      bits |= field.required() ? compiled.bit() : 0;
    }
    required = bits;
  }

  /// Compiles a schema.
  ///
  /// @param json the text of the schema
  /// @param searchReferences the fields by whose values an event can be found later
  /// @throws IllegalArgumentException if it is not JSON, says more than can be checked, or has no
  ///   field of such a name; the message says which keyword and where
  public static DataSchema parse(String json, Collection<String> searchReferences) {
    List<Field> fields = SchemaReader.read(json);
    for (String name : searchReferences) {
      if (fields.stream().noneMatch(field -> field.name().equals(name))) {
        throw new IllegalArgumentException(
            "The search reference \"" + name + "\" is not a field of the schema.");
      }
    }
    return new DataSchema(json, fields, new LinkedHashSet<>(searchReferences));
  }

  /// The text of the schema.
  public String json() {
    return json;
  }

  /// The fields, in the order of the schema.
  public List<Field> fields() {
    return fields;
  }

  /// The names of the fields by whose values an event can be found later.
  public Set<String> searchReferences() {
    return Set.copyOf(searchReferences);
  }

  @Nullable CompiledField field(String name) {
    return byName.get(name);
  }

  /// The bits of the fields that have to be there.
  long required() {
    return required;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataSchema schema
        && json.equals(schema.json)
        && searchReferences.equals(schema.searchReferences);
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
