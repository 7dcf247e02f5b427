package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares [DataValidator] with a complete implementation of JSON Schema on random data. They
/// differ only on integers with a fraction or exponent: JSON Schema accepts `7.0`, [DataValidator]
/// does not.
class JsonSchemaConformanceTest {

  private static final String OPTIONAL =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
       "properties": {
         "a": {"type": "integer"},
         "b": {"type": ["null", "integer"]},
         "c": {"type": ["string", "null"], "enum": ["active", "lead", null]},
         "d": {"type": ["string", "null"], "enum": ["active", ""]},
         "e": {"type": "string"}},
       "required": ["b"], "additionalProperties": false}
      """;
  private static final String PLAIN =
      """
      {"type": "object",
       "properties": {
         "a": {"type": "integer", "enum": [7, -3, 9007199254740993]},
         "b": {"type": ["integer", "null"], "enum": [0, null]},
         "c": {"type": "boolean"},
         "d": {"type": ["boolean", "null"]}},
       "required": ["a", "c"], "additionalProperties": false}
      """;
  private static final List<String> NON_PLAIN_INTEGERS =
      List.of("7.0", "1e3", "-0", "-0.0", "5E+2");
  private static final List<String> VALUES =
      List.of(
          "7",
          "-3",
          "0",
          "9007199254740993",
          "123456789012345678901234567890",
          "2.5",
          "1e-3",
          "\"\"",
          "\"7\"",
          "\"active\"",
          "\"Active\"",
          "\"lead\"",
          "\"\\u0061ctive\"",
          "\"null\"",
          "\"Zo\u00eb\"",
          "null",
          "true",
          "false",
          "[]",
          "{}",
          "[\"active\"]",
          "{\"a\":7}");

  static Stream<Arguments> schemasAndSeeds() {
    List<DataSchema> schemas = new ArrayList<>();
    EventCatalogue.builtIn().types().forEach(type -> schemas.add(type.schema()));
    schemas.add(DataSchema.parse(OPTIONAL, List.of("a", "c")));
    schemas.add(DataSchema.parsePlain(PLAIN, List.of("a")));
    return schemas.stream()
        .flatMap(schema ->
            Stream.of(1L, 2L, 3L)
                .map(seed -> Arguments.argumentSet(title(schema, seed), schema, seed)));
  }

  private static String title(DataSchema schema, long seed) {
    return schema.fields().stream().map(DataField::name).toList() + ", seed " + seed;
  }

  @ParameterizedTest
  @MethodSource("schemasAndSeeds")
  void validator_agrees_with_json_schema(DataSchema schema, long seed) {
    Schema reference =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema.json(), InputFormat.JSON);
    var random = new Random(seed);
    int validCount = 0;
    int invalidCount = 0;
    for (int i = 0; i < 1_500; i++) {
      var data = new RandomData(schema, random);

      boolean expected =
          !data.hasNonPlainInteger() && reference.validate(data.json(), InputFormat.JSON).isEmpty();
      assertThat(isValid(data.json(), schema)).describedAs(data.json()).isEqualTo(expected);
      validCount += expected ? 1 : 0;
      invalidCount += expected ? 0 : 1;
    }
    assertThat(validCount).describedAs("valid data").isGreaterThan(50);
    assertThat(invalidCount).describedAs("invalid data").isGreaterThan(50);
  }

  private static boolean isValid(String data, DataSchema schema) {
    var errors = new ValidationErrors();
    try (var json = StrictJsonReader.open(data.getBytes(StandardCharsets.UTF_8))) {
      json.next();
      ValidatedItem item = new DataValidator(errors).validate(json, schema);
      json.requireEnd();
      assertThat(item == null)
          .describedAs("no item and at least one error")
          .isEqualTo(!errors.isEmpty());
      if (item != null) {
        assertThat(item.bytes())
            .describedAs("validator and copier write the same bytes")
            .isEqualTo(AsciiJsonCopier.compact(data.getBytes(StandardCharsets.UTF_8)));
      }
      return item != null;
    }
  }

  /// An object with mostly valid fields, in random order.
  private static final class RandomData {

    private final Random random;
    private boolean nonPlainInteger;
    private final String json;

    RandomData(DataSchema schema, Random random) {
      this.random = random;
      List<String> members = new ArrayList<>();
      for (DataField dataField : schema.fields()) {
        if (random.nextInt(12) > 0) {
          members.add("\"" + dataField.name() + "\": " + valueFor(dataField));
        }
      }
      if (random.nextInt(10) == 0) {
        members.add("\"" + (random.nextBoolean() ? "extra" : "customerid") + "\": " + anyValue());
      }
      Collections.shuffle(members, random);
      json = random.nextInt(40) == 0 ? anyValue() : "{" + String.join(" , ", members) + "}";
    }

    String json() {
      return json;
    }

    boolean hasNonPlainInteger() {
      return nonPlainInteger;
    }

    private String valueFor(DataField dataField) {
      if (random.nextInt(8) == 0) {
        return anyValue();
      }
      if (dataField.type().nullable() && random.nextInt(4) == 0) {
        return "null";
      }
      List<String> values = dataField.type().allowedValues();
      if (dataField.type().kind() == DataField.Kind.BOOLEAN) {
        return Boolean.toString(random.nextBoolean());
      }
      if (dataField.type().kind() == DataField.Kind.STRING) {
        return values.isEmpty() ? "\"x\"" : "\"" + values.get(random.nextInt(values.size())) + "\"";
      }
      if (random.nextInt(12) == 0) {
        nonPlainInteger = true;
        return NON_PLAIN_INTEGERS.get(random.nextInt(NON_PLAIN_INTEGERS.size()));
      }
      return values.isEmpty()
          ? Integer.toString(random.nextInt())
          : values.get(random.nextInt(values.size()));
    }

    private String anyValue() {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
  }
}
