package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a JSON Schema, and rejects every keyword that [DataValidator] does not
/// check.
final class DataSchemaParser {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final Set<String> OBJECT_KEYWORDS =
      Set.of(
          "$schema",
          "$id",
          "$comment",
          "title",
          "description",
          "type",
          "properties",
          "required",
          "additionalProperties");
  private static final Set<String> FIELD_KEYWORDS =
      Set.of("$comment", "title", "description", "examples", "type", "enum");
  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private DataSchemaParser() {}

  static List<DataField> parse(String json) {
    Map<?, ?> schema = requireObject(read(json), "The schema");
    requireKnownKeywords(schema, OBJECT_KEYWORDS, "");
    require(DIALECT.equals(schema.get("$schema")), "/$schema must be \"" + DIALECT + "\".");
    require("object".equals(schema.get("type")), "/type must be \"object\".");
    require(
        Boolean.FALSE.equals(schema.get("additionalProperties")),
        "/additionalProperties must be false: data has the fields of its schema and no others.");
    return parseFields(schema);
  }

  private static @Nullable Object read(String json) {
    try (StrictJsonReader reader = StrictJsonReader.open(json.getBytes(StandardCharsets.UTF_8))) {
      reader.next();
      Object value = reader.value();
      reader.requireEnd();
      return value;
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException("The schema is not JSON: " + e.getMessage(), e);
    }
  }

  private static List<DataField> parseFields(Map<?, ?> schema) {
    Map<?, ?> properties = requireObject(schema.get("properties"), "/properties");
    require(
        !properties.isEmpty() && properties.size() <= DataSchema.MAX_FIELDS,
        "/properties must have 1 to " + DataSchema.MAX_FIELDS + " fields.");
    Set<String> required =
        schema.containsKey("required")
            ? parseNames(schema.get("required"), "/required must be an array of names, each once.")
            : new LinkedHashSet<>();
    List<DataField> fields = new ArrayList<>();
    for (Map.Entry<?, ?> property : properties.entrySet()) {
      String name = String.valueOf(property.getKey());
      require(
          FIELD_NAME.matcher(name).matches(),
          "/properties/"
              + name
              + ": the name of a field must be an ASCII letter or _, followed by letters, digits or"
              + " _.");
      fields.add(parseField(name, property.getValue(), required.remove(name)));
    }
    require(required.isEmpty(), "/required names fields that do not exist: " + required + ".");
    return fields;
  }

  private static DataField parseField(String name, @Nullable Object value, boolean required) {
    String pointer = "/properties/" + name;
    Map<?, ?> property = requireObject(value, pointer);
    requireKnownKeywords(property, FIELD_KEYWORDS, pointer);
    Object type = property.get("type");
    Set<String> types =
        parseNames(
            type instanceof String ? List.of(type) : type,
            pointer + "/type must be the name of a type, or an array of such names, each once.");
    boolean nullable = types.remove("null");
    require(
        types.equals(Set.of("integer")) || types.equals(Set.of("string")),
        pointer
            + "/type must be \"integer\" or \"string\", or an array of one of them and \"null\".");
    DataField.Kind kind =
        types.contains("integer") ? DataField.Kind.INTEGER : DataField.Kind.STRING;
    DataField.Type fieldType =
        property.containsKey("enum")
            ? parseEnum(kind, nullable, property.get("enum"), pointer + "/enum")
            : new DataField.Type(kind, nullable, List.of());
    String description = property.get("description") instanceof String text ? text : "";
    return new DataField(name, description, fieldType, required);
  }

  private static DataField.Type parseEnum(
      DataField.Kind kind, boolean nullable, @Nullable Object values, String pointer) {
    require(kind == DataField.Kind.STRING, pointer + " is supported for strings only.");
    List<?> elements = requireArray(values, pointer + " must be an array.");
    Set<String> strings = new LinkedHashSet<>();
    for (Object element : elements) {
      require(
          element instanceof String string ? strings.add(string) : element == null && nullable,
          pointer + " must hold strings (and null, if the type allows it), each once.");
    }
    require(!strings.isEmpty(), pointer + " must hold a string.");
    return new DataField.Type(kind, elements.contains(null), List.copyOf(strings));
  }

  private static Set<String> parseNames(@Nullable Object value, String message) {
    Set<String> names = new LinkedHashSet<>();
    for (Object element : requireArray(value, message)) {
      require(element instanceof String name && names.add(name), message);
    }
    return names;
  }

  private static Map<?, ?> requireObject(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException(what + " must be a JSON object.");
  }

  private static List<?> requireArray(@Nullable Object value, String message) {
    if (value instanceof List<?> array) {
      return array;
    }
    throw new IllegalArgumentException(message);
  }

  private static void requireKnownKeywords(Map<?, ?> schema, Set<String> known, String pointer) {
    for (Object keyword : schema.keySet()) {
      require(
          known.contains(String.valueOf(keyword)),
          pointer
              + "/"
              + keyword
              + " is not supported: the fields of data are integers, strings and lists of allowed"
              + " strings, each of them nullable if need be.");
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
