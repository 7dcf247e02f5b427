package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A keyword that the validator does not check must be rejected.
class DataSchemaTest {

  private static final String MINIMAL =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
       "properties": {"a": {"type": "integer"}}, "additionalProperties": false}
      """;

  @Test
  void minimal_schema_is_accepted() {
    DataSchema schema = DataSchema.parse(MINIMAL, List.of("a"));

    assertThat(schema.json()).isEqualTo(MINIMAL);
    assertThat(schema.searchableFields()).containsExactly("a");
    assertThat(schema.fields())
        .containsExactly(
            new DataField(
                "a", "", new DataField.Type(DataField.Kind.INTEGER, false, List.of()), false));
    assertThat(schema)
        .isEqualTo(DataSchema.parse(MINIMAL, List.of("a")))
        .isNotEqualTo(DataSchema.parse(MINIMAL, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "`type`: `object`; `type`: `array`; /type",
        "`type`: `object`; `type`: [`object`, `null`]; /type",
        "`type`: `object`,; ''; /type",
        "2020-12; 2019-09; $schema",
        "`additionalProperties`: false; `additionalProperties`: true; /additionalProperties",
        "`additionalProperties`: false; `additionalProperties`: {}; /additionalProperties",
        ", `additionalProperties`: false; ''; /additionalProperties",
        "`type`: `object`; `type`: `object`, `minProperties`: 1; /minProperties",
        "`type`: `object`; `type`: `object`, `allOf`: []; /allOf",
        "`type`: `object`; `type`: `object`, `$defs`: {}; /$defs",
        "`type`: `object`; `type`: `object`, `required`: [`b`]; /required",
        "`type`: `object`; `type`: `object`, `required`: `a`; /required",
        "`type`: `object`; `type`: `object`, `required`: [`a`, `a`]; /required",
        "{`a`: {`type`: `integer`}}; {}; /properties",
        "{`a`: {`type`: `integer`}}; {`a`: true}; /properties/a",
        "{`a`: {`type`: `integer`}}; {`a b`: {`type`: `integer`}}; /properties/a b",
        "{`a`: {`type`: `integer`}}; {`\u00e9`: {`type`: `integer`}}; /properties/\u00e9",
        "`integer`; `number`; /properties/a/type",
        "`integer`; `object`; /properties/a/type",
        "`integer`; `null`; /properties/a/type",
        "`integer`; [`integer`, `string`]; /properties/a/type",
        "`integer`; [`integer`, `integer`]; /properties/a/type",
        "{`type`: `integer`}; {}; /properties/a/type",
        "`integer`; `integer`, `minimum`: 1; /properties/a/minimum",
        "`integer`; `string`, `maxLength`: 5; /properties/a/maxLength",
        "`integer`; `string`, `format`: `uuid`; /properties/a/format",
        "`integer`; `string`, `const`: `x`; /properties/a/const",
        "`integer`; `integer`, `enum`: [1.5]; /properties/a/enum",
        "`integer`; `integer`, `enum`: [`1`]; /properties/a/enum",
        "`integer`; `boolean`, `enum`: [true]; /properties/a/enum",
        "`integer`; `integer`, `description`: 7; /properties/a/description",
        "`integer`; `string`, `enum`: []; /properties/a/enum",
        "`integer`; `string`, `enum`: [`x`, null]; /properties/a/enum",
        "`integer`; `string`, `enum`: [`x`, `x`]; /properties/a/enum",
        "`integer`; `string`, `enum`: [`x`, 1]; /properties/a/enum",
        "`integer`; `string`, `enum`: `x`; /properties/a/enum"
      })
  void unsupported_or_invalid_keyword_is_rejected(String from, String to, String pointer) {
    String changed = MINIMAL.replace(from.replace('`', '"'), to.replace('`', '"'));
    assertThat(changed).isNotEqualTo(MINIMAL);

    assertThatThrownBy(() -> DataSchema.parse(changed, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(pointer);
  }

  @Test
  void document_that_is_not_a_schema_is_rejected() {
    for (String text : new String[] {"", "{", "7", "[]", MINIMAL + "{}", "{\"a\":1,\"a\":1}"}) {
      assertThatThrownBy(() -> DataSchema.parse(text, List.of()))
          .describedAs(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static final String PLAIN =
      """
      {"type": "object", "description": "A pool.", "additionalProperties": false, "required": ["a"],
       "properties": {"a": {"type": "integer", "enum": [1, 2]},
                      "b": {"type": ["boolean", "null"], "description": "Heated."}}}
      """;

  @Test
  void plain_schema_needs_no_dialect_and_may_have_booleans_and_lists_of_integers() {
    assertThat(DataSchema.parsePlain(PLAIN, List.of("a")).fields())
        .containsExactly(
            new DataField(
                "a",
                "",
                new DataField.Type(DataField.Kind.INTEGER, false, List.of("1", "2")),
                true),
            new DataField(
                "b",
                "Heated.",
                new DataField.Type(DataField.Kind.BOOLEAN, true, List.of()),
                false));
  }

  @ParameterizedTest
  @CsvSource({"$schema", "$id", "$comment", "title", "examples", "default", "a/b"})
  void plain_schema_has_documented_keywords_only(String keyword) {
    String escaped = keyword.replace("/", "~1");
    assertThatThrownBy(() ->
            DataSchema.parsePlain(
                PLAIN.replaceFirst("\\{", "{\"" + keyword.replace("$", "\\$") + "\": \"x\","),
                List.of()))
        .isInstanceOfSatisfying(
            InvalidSchemaException.class, e -> assertThat(e.pointer()).isEqualTo("/" + escaped));
    assertThatThrownBy(() ->
            DataSchema.parsePlain(
                PLAIN.replace("\"enum\": [1, 2]", "\"enum\": [1, 2], \"" + keyword + "\": \"x\""),
                List.of()))
        .isInstanceOfSatisfying(
            InvalidSchemaException.class,
            e -> assertThat(e.pointer()).isEqualTo("/properties/a/" + escaped));
  }

  @Test
  void searchable_field_must_be_in_the_schema() {
    assertThatThrownBy(() -> DataSchema.parse(MINIMAL, List.of("b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"b\"");
  }

  @Test
  void schema_has_at_most_64_fields() {
    assertThat(DataSchema.parse(withFields(64), List.of()).fields()).hasSize(64);
    assertThatThrownBy(() -> DataSchema.parse(withFields(65), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
  }

  /// Shifting by 64 would give the first and the last field the same bit.
  @Test
  void each_missing_field_of_64_is_reported() {
    DataSchema schema = DataSchema.parse(withFields(64), List.of());
    var errors = new ValidationErrors();
    try (var json =
        StrictJsonReader.open(
            "{\"f0\":1,\"f63\":2,\"f31\":3}".getBytes(StandardCharsets.US_ASCII))) {
      json.next();
      new DataValidator(errors).validate(json, schema);
    }

    assertThat(errors.kept())
        .extracting(ValidationError::pointer)
        .hasSize(61)
        .contains("/f1", "/f30", "/f32", "/f62")
        .doesNotContain("/f0", "/f31", "/f63");
  }

  private static String withFields(int count) {
    String fields =
        IntStream.range(0, count)
            .mapToObj(i -> "\"f" + i + "\": {\"type\": \"integer\"}")
            .collect(Collectors.joining(","));
    String names =
        IntStream.range(0, count).mapToObj(i -> "\"f" + i + "\"").collect(Collectors.joining(","));
    return MINIMAL.replace(
        "\"properties\": {\"a\": {\"type\": \"integer\"}}",
        "\"required\": [" + names + "], \"properties\": {" + fields + "}");
  }
}
