package com.poolbrain.webhooks.events;

import java.math.BigInteger;
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
  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /// The keywords that a schema may have.
  ///
  /// @param requiresDialect whether `$schema` must name the dialect
  private record Keywords(Set<String> ofObject, Set<String> ofField, boolean requiresDialect) {}

  private static final Keywords RELEASED =
      new Keywords(
          Set.of(
              "$schema",
              "$id",
              "$comment",
              "title",
              "description",
              "type",
              "properties",
              "required",
              "additionalProperties"),
          Set.of("$comment", "title", "description", "examples", "type", "enum"),
          true);

  private static final Keywords PLAIN =
      new Keywords(
          Set.of("description", "type", "properties", "required", "additionalProperties"),
          Set.of("description", "type", "enum"),
          false);

  private final Keywords keywords;

  private DataSchemaParser(Keywords keywords) {
    this.keywords = keywords;
  }

  /// Reads the schema of a released type, which also has annotations.
  static List<DataField> parseReleased(String json) {
    return new DataSchemaParser(RELEASED).parse(json);
  }

  /// Reads a schema that has nothing but the documented keywords.
  static List<DataField> parsePlain(String json) {
    return new DataSchemaParser(PLAIN).parse(json);
  }

  private List<DataField> parse(String json) {
    Map<?, ?> schema = requireObject(read(json), "");
    requireKnownKeywords(schema, keywords.ofObject(), "");
    if (keywords.requiresDialect()) {
      require(DIALECT.equals(schema.get("$schema")), "/$schema", "must be \"" + DIALECT + "\".");
    }
    require("object".equals(schema.get("type")), "/type", "must be \"object\".");
    require(
        Boolean.FALSE.equals(schema.get("additionalProperties")),
        "/additionalProperties",
        "must be false: data has the fields of its schema and no others.");
    requireText(schema, "description", "");
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

  private List<DataField> parseFields(Map<?, ?> schema) {
    Map<?, ?> properties = requireObject(schema.get("properties"), "/properties");
    require(
        !properties.isEmpty() && properties.size() <= DataSchema.MAX_FIELDS,
        "/properties",
        "must have 1 to " + DataSchema.MAX_FIELDS + " fields.");
    Set<String> required =
        schema.containsKey("required")
            ? parseNames(
                schema.get("required"), "/required", "must be an array of names, each once.")
            : new LinkedHashSet<>();
    List<DataField> fields = new ArrayList<>();
    for (Map.Entry<?, ?> property : properties.entrySet()) {
      String name = String.valueOf(property.getKey());
      require(
          FIELD_NAME.matcher(name).matches(),
          "/properties/" + token(name),
          "is no name of a field: write an ASCII letter or _, followed by letters, digits or _, at"
              + " most 100 characters.");
      fields.add(parseField(name, property.getValue(), required.remove(name)));
    }
    require(
        required.isEmpty(),
        "/required",
        "names fields that do not exist: "
            + Suggestions.abbreviate(String.join(", ", required))
            + ".");
    return fields;
  }

  private DataField parseField(String name, @Nullable Object value, boolean required) {
    String pointer = "/properties/" + name;
    Map<?, ?> property = requireObject(value, pointer);
    requireKnownKeywords(property, keywords.ofField(), pointer);
    requireText(property, "description", pointer);
    Object type = property.get("type");
    Set<String> types =
        parseNames(
            type instanceof String ? List.of(type) : type,
            pointer + "/type",
            "must be the name of a type, or an array of such names, each once.");
    boolean nullable = types.remove("null");
    DataField.Kind kind = kindOf(types);
    if (kind == null) {
      throw new InvalidSchemaException(
          pointer + "/type",
          "must be \"string\", \"integer\" or \"boolean\", or an array of one of them and"
              + " \"null\".");
    }
    DataField.Type fieldType =
        property.containsKey("enum")
            ? parseEnum(kind, nullable, property.get("enum"), pointer + "/enum")
            : new DataField.Type(kind, nullable, List.of());
    String description = property.get("description") instanceof String text ? text : "";
    return new DataField(name, description, fieldType, required);
  }

  private static DataField.@Nullable Kind kindOf(Set<String> types) {
    if (types.size() != 1) {
      return null;
    }
    return switch (types.iterator().next()) {
      case "string" -> DataField.Kind.STRING;
      case "integer" -> DataField.Kind.INTEGER;
      case "boolean" -> DataField.Kind.BOOLEAN;
      default -> null;
    };
  }

  private static DataField.Type parseEnum(
      DataField.Kind kind, boolean nullable, @Nullable Object values, String pointer) {
    require(kind != DataField.Kind.BOOLEAN, pointer, "is supported for strings and integers only.");
    List<?> elements = requireArray(values, pointer, "must be an array.");
    Set<String> allowedValues = new LinkedHashSet<>();
    for (Object element : elements) {
      String allowed = allowedValue(kind, element);
      require(
          allowed == null ? element == null && nullable : allowedValues.add(allowed),
          pointer,
          "must hold values of the field's type (and null, if the type allows it), each once.");
    }
    require(!allowedValues.isEmpty(), pointer, "must hold a value that is not null.");
    return new DataField.Type(kind, elements.contains(null), List.copyOf(allowedValues));
  }

  /// The value of an enum as text; null if it is not of this kind.
  private static @Nullable String allowedValue(DataField.Kind kind, @Nullable Object element) {
    boolean fits =
        kind == DataField.Kind.STRING
            ? element instanceof String
            : element instanceof Long || element instanceof BigInteger;
    return fits ? String.valueOf(element) : null;
  }

  private static Set<String> parseNames(@Nullable Object value, String pointer, String message) {
    Set<String> names = new LinkedHashSet<>();
    for (Object element : requireArray(value, pointer, message)) {
      require(element instanceof String name && names.add(name), pointer, message);
    }
    return names;
  }

  private static Map<?, ?> requireObject(@Nullable Object value, String pointer) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new InvalidSchemaException(pointer, "must be a JSON object.");
  }

  private static List<?> requireArray(@Nullable Object value, String pointer, String message) {
    if (value instanceof List<?> array) {
      return array;
    }
    throw new InvalidSchemaException(pointer, message);
  }

  private static void requireText(Map<?, ?> object, String keyword, String pointer) {
    require(
        !object.containsKey(keyword) || object.get(keyword) instanceof String,
        pointer + "/" + keyword,
        "must be a text.");
  }

  private void requireKnownKeywords(Map<?, ?> schema, Set<String> known, String pointer) {
    for (Object keyword : schema.keySet()) {
      String name = String.valueOf(keyword);
      require(
          known.contains(name),
          pointer + "/" + token(name),
          "is not supported: the fields of data are strings, integers, booleans and lists of"
              + " allowed values, each of them nullable if need be. Leave it out.");
    }
  }

  private static String token(String name) {
    return Suggestions.abbreviate(name).replace("~", "~0").replace("/", "~1");
  }

  private static void require(boolean condition, String pointer, String detail) {
    if (!condition) {
      throw new InvalidSchemaException(pointer, detail);
    }
  }
}
