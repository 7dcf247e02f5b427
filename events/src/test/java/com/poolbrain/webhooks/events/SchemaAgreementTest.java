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

/// The fast check against an implementation of the whole of JSON Schema, on random data. They must
/// agree on everything but integers that are not in plain digits: `7.0` is an integer to JSON
/// Schema, and is refused here.
class SchemaAgreementTest {

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
  private static final List<String> ODD_INTEGERS = List.of("7.0", "1e3", "-0", "-0.0", "5E+2");
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
    Catalogue.released().types().forEach(type -> schemas.add(type.schema()));
    schemas.add(DataSchema.parse(OPTIONAL, List.of("a", "c")));
    return schemas.stream()
        .flatMap(schema ->
            Stream.of(1L, 2L, 3L)
                .map(seed -> Arguments.argumentSet(title(schema, seed), schema, seed)));
  }

  private static String title(DataSchema schema, long seed) {
    return schema.fields().stream().map(Field::name).toList() + ", seed " + seed;
  }

  @ParameterizedTest
  @MethodSource("schemasAndSeeds")
  void theFastCheckAgreesWithJsonSchema(DataSchema schema, long seed) {
    Schema model =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema.json(), InputFormat.JSON);
    var random = new Random(seed);
    int fitting = 0;
    int others = 0;
    for (int i = 0; i < 1_500; i++) {
      var data = new RandomData(schema, random);

      boolean expected =
          !data.hasOddInteger() && model.validate(data.json(), InputFormat.JSON).isEmpty();
      assertThat(fits(data.json(), schema)).describedAs(data.json()).isEqualTo(expected);
      fitting += expected ? 1 : 0;
      others += expected ? 0 : 1;
    }
    assertThat(fitting).describedAs("data that fits").isGreaterThan(50);
    assertThat(others).describedAs("data that doesn't").isGreaterThan(50);
  }

  private static boolean fits(String data, DataSchema schema) {
    var problems = new Problems();
    try (var json = StrictJson.open(data.getBytes(StandardCharsets.UTF_8))) {
      json.next();
      CheckedItem item = new DataCheck(problems).read(json, schema);
      json.end();
      assertThat(item == null).describedAs("no item, so a problem").isEqualTo(!problems.isEmpty());
      if (item != null) {
        assertThat(item.ascii())
            .describedAs("the bytes that are sent are those of the plain copier")
            .isEqualTo(AsciiJson.compact(data.getBytes(StandardCharsets.UTF_8)));
      }
      return item != null;
    }
  }

  /// An object that is right in most fields, in any order.
  private static final class RandomData {

    private final Random random;
    private boolean oddInteger;
    private final String json;

    RandomData(DataSchema schema, Random random) {
      this.random = random;
      List<String> members = new ArrayList<>();
      for (Field field : schema.fields()) {
        if (random.nextInt(12) > 0) {
          members.add("\"" + field.name() + "\": " + value(field));
        }
      }
      if (random.nextInt(10) == 0) {
        members.add("\"" + (random.nextBoolean() ? "extra" : "customerid") + "\": " + any());
      }
      Collections.shuffle(members, random);
      json = random.nextInt(40) == 0 ? any() : "{" + String.join(" , ", members) + "}";
    }

    String json() {
      return json;
    }

    boolean hasOddInteger() {
      return oddInteger;
    }

    private String value(Field field) {
      if (random.nextInt(8) == 0) {
        return any();
      }
      if (field.type().nullable() && random.nextInt(4) == 0) {
        return "null";
      }
      if (field.type().kind() == Field.Kind.STRING) {
        List<String> values = field.type().values();
        return values.isEmpty() ? "\"x\"" : "\"" + values.get(random.nextInt(values.size())) + "\"";
      }
      if (random.nextInt(12) == 0) {
        oddInteger = true;
        return ODD_INTEGERS.get(random.nextInt(ODD_INTEGERS.size()));
      }
      return Integer.toString(random.nextInt());
    }

    private String any() {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
  }
}
