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
final class SchemaReader {

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
  private static final JsonMapper MAPPER = new JsonMapper(StrictJson.FACTORY);

  private SchemaReader() {}

  static List<Field> read(String json) {
    JsonNode schema;
    try {
      schema = MAPPER.readTree(json.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The schema is not JSON: " + e.getOriginalMessage(), e);
    }
    require(schema.isObject(), "The schema must be a JSON object.");
    requireKnown(schema, OBJECT_KEYWORDS, "");
    require(
        DIALECT.equals(schema.path("$schema").asString("")),
        "The schema must say \"$schema\": \"" + DIALECT + "\".");
    require(isText(schema.path("type"), "object"), "/type must be \"object\".");
    require(
        schema.path("additionalProperties").isBoolean()
            && !schema.path("additionalProperties").booleanValue(),
        "/additionalProperties must be false: a payload has the fields of its schema and no others.");
    return fields(schema);
  }

  private static List<Field> fields(JsonNode schema) {
    JsonNode properties = schema.path("properties");
    require(
        properties.isObject()
            && properties.size() > 0
            && properties.size() <= DataSchema.MAX_FIELDS,
        "/properties must be an object with 1 to " + DataSchema.MAX_FIELDS + " fields.");
    Set<String> required = required(schema.path("required"));
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String name = property.getKey();
      require(
          FIELD_NAME.matcher(name).matches(),
          "/properties/" + name + ": a field's name is an ASCII letter or _, then also digits.");
      fields.add(field(name, property.getValue(), required.remove(name)));
    }
    require(required.isEmpty(), "/required names what is no field: " + required + ".");
    return fields;
  }

  private static Set<String> required(JsonNode names) {
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

  private static Field field(String name, JsonNode property, boolean required) {
    String pointer = "/properties/" + name;
    require(property.isObject(), pointer + " must be an object.");
    requireKnown(property, FIELD_KEYWORDS, pointer);
    List<String> types = types(property.path("type"), pointer + "/type");
    boolean nullable = types.remove("null");
    require(
        types.size() == 1 && (types.contains("integer") || types.contains("string")),
        pointer
            + "/type must be \"integer\" or \"string\", or an array of one of them and \"null\".");
    Field.Kind kind = types.contains("integer") ? Field.Kind.INTEGER : Field.Kind.STRING;
    JsonNode values = property.path("enum");
    Field.Type type =
        values.isMissingNode()
            ? new Field.Type(kind, nullable, List.of())
            : listed(kind, nullable, values, pointer + "/enum");
    return new Field(name, property.path("description").asString(""), type, required);
  }

  private static List<String> types(JsonNode type, String pointer) {
    List<String> types = new ArrayList<>();
    for (JsonNode one : type.isArray() ? type : List.of(type)) {
      require(
          one.isString() && !types.contains(one.stringValue()),
          pointer + " must be the name of a type, or an array of such names, each once.");
      types.add(one.stringValue());
    }
    return types;
  }

  private static Field.Type listed(
      Field.Kind kind, boolean nullable, JsonNode values, String pointer) {
    require(
        kind == Field.Kind.STRING && values.isArray(),
        pointer + " must be an array, and belongs to strings only.");
    List<String> strings = new ArrayList<>();
    boolean nullListed = false;
    for (JsonNode value : values) {
      @Nullable String string = value.isString() ? value.stringValue() : null;
      require(
          (string != null || (value.isNull() && nullable)) && !strings.contains(string),
          pointer + " must hold strings (and null, if the type says so), each once.");
      if (string == null) {
        nullListed = true;
      } else {
        strings.add(string);
      }
    }
    require(!strings.isEmpty(), pointer + " must hold a string.");
    return new Field.Type(kind, nullListed, strings);
  }

  private static void requireKnown(JsonNode schema, Set<String> known, String pointer) {
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

  private static boolean isText(JsonNode node, String text) {
    return node.isString() && node.stringValue().equals(text);
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
