package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the fields of a JSON Schema, and refuses every keyword that the check would not hold.
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
  private static final JsonMapper MAPPER = new JsonMapper(StrictJsonReader.FACTORY);

  private DataSchemaParser() {}

  static List<DataField> parse(String json) {
    JsonNode schema;
    try {
      schema = MAPPER.readTree(json.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The schema is not JSON: " + e.getOriginalMessage(), e);
    }
    require(schema.isObject(), "The schema must be a JSON object.");
    requireKnownKeywords(schema, OBJECT_KEYWORDS, "");
    require(
        DIALECT.equals(schema.path("$schema").asString("")),
        "The schema must say \"$schema\": \"" + DIALECT + "\".");
    require(isStringEqualTo(schema.path("type"), "object"), "/type must be \"object\".");
    require(
        schema.path("additionalProperties").isBoolean()
            && !schema.path("additionalProperties").booleanValue(),
        "/additionalProperties must be false: a payload has the fields of its schema and no others.");
    return parseFields(schema);
  }

  private static List<DataField> parseFields(JsonNode schema) {
    JsonNode properties = schema.path("properties");
    require(
        properties.isObject()
            && properties.size() > 0
            && properties.size() <= DataSchema.MAX_FIELDS,
        "/properties must be an object with 1 to " + DataSchema.MAX_FIELDS + " fields.");
    Set<String> required = parseRequired(schema.path("required"));
    List<DataField> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String name = property.getKey();
      require(
          FIELD_NAME.matcher(name).matches(),
          "/properties/" + name + ": a field's name is an ASCII letter or _, then also digits.");
      fields.add(parseField(name, property.getValue(), required.remove(name)));
    }
    require(required.isEmpty(), "/required names what is no field: " + required + ".");
    return fields;
  }

  private static Set<String> parseRequired(JsonNode names) {
    Set<String> required = new HashSet<>();
    if (!names.isMissingNode()) {
      require(names.isArray(), "/required must be an array of names.");
      for (JsonNode name : names) {
        require(
            name.isString() && required.add(name.stringValue()),
            "/required must be an array of names, each once.");
      }
    }
    return required;
  }

  private static DataField parseField(String name, JsonNode property, boolean required) {
    String pointer = "/properties/" + name;
    require(property.isObject(), pointer + " must be an object.");
    requireKnownKeywords(property, FIELD_KEYWORDS, pointer);
    List<String> types = parseTypes(property.path("type"), pointer + "/type");
    boolean nullable = types.remove("null");
    require(
        types.size() == 1 && (types.contains("integer") || types.contains("string")),
        pointer
            + "/type must be \"integer\" or \"string\", or an array of one of them and \"null\".");
    DataField.Kind kind =
        types.contains("integer") ? DataField.Kind.INTEGER : DataField.Kind.STRING;
    JsonNode values = property.path("enum");
    DataField.Type type =
        values.isMissingNode()
            ? new DataField.Type(kind, nullable, List.of())
            : parseEnum(kind, nullable, values, pointer + "/enum");
    return new DataField(name, property.path("description").asString(""), type, required);
  }

  private static List<String> parseTypes(JsonNode type, String pointer) {
    List<String> types = new ArrayList<>();
    for (JsonNode element : type.isArray() ? type : List.of(type)) {
      require(
          element.isString() && !types.contains(element.stringValue()),
          pointer + " must be the name of a type, or an array of such names, each once.");
      types.add(element.stringValue());
    }
    return types;
  }

  private static DataField.Type parseEnum(
      DataField.Kind kind, boolean nullable, JsonNode values, String pointer) {
    require(
        kind == DataField.Kind.STRING && values.isArray(),
        pointer + " must be an array, and belongs to strings only.");
    List<String> strings = new ArrayList<>();
    boolean allowsNull = false;
    for (JsonNode value : values) {
      @Nullable String string = value.isString() ? value.stringValue() : null;
      require(
          (string != null || (value.isNull() && nullable)) && !strings.contains(string),
          pointer + " must hold strings (and null, if the type says so), each once.");
      if (string == null) {
        allowsNull = true;
      } else {
        strings.add(string);
      }
    }
    require(!strings.isEmpty(), pointer + " must hold a string.");
    return new DataField.Type(kind, allowsNull, strings);
  }

  private static void requireKnownKeywords(JsonNode schema, Set<String> known, String pointer) {
    for (String keyword : schema.propertyNames()) {
      require(
          known.contains(keyword),
          pointer
              + "/"
              + keyword
              + " is not supported: the fields of data are integers, strings and lists of allowed"
              + " strings, each of them nullable if need be.");
    }
  }

  private static boolean isStringEqualTo(JsonNode node, String text) {
    return node.isString() && node.stringValue().equals(text);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
