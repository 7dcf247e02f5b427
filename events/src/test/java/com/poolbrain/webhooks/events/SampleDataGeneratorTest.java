package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonToken;

class SampleDataGeneratorTest {

  static List<EventTypeDefinition> types() {
    return EventCatalogue.builtIn().types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void generated_data_is_valid(EventTypeDefinition type) {
    var generator = new SampleDataGenerator(new SplittableRandom(1));
    for (int items = 1; items < 60; items++) {
      String data = generator.generate(type, items, Map.of());

      assertThat(countValidItems(type, data)).describedAs(data).isEqualTo(items);
    }
  }

  @Test
  void one_item_is_an_object_and_more_are_an_array() {
    assertThat(generate("customer.created", 1, Map.of())).startsWith("{\"customerId\":");
    assertThat(generate("customer.created", 2, Map.of())).startsWith("[{\"customerId\":");
    assertThatThrownBy(() -> generate("customer.created", 0, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void same_seed_generates_the_same_data_and_another_does_not() {
    EventTypeDefinition type = type("customer.created");

    assertThat(new SampleDataGenerator(new SplittableRandom(5)).generate(type, 20, Map.of()))
        .isEqualTo(new SampleDataGenerator(new SplittableRandom(5)).generate(type, 20, Map.of()))
        .isNotEqualTo(
            new SampleDataGenerator(new SplittableRandom(6)).generate(type, 20, Map.of()));
  }

  @Test
  void customers_of_a_group_have_distinct_ids() {
    List<DataItem> items = items(generate("customer.created", 250, Map.of()));

    assertThat(items.stream().map(item -> item.getLong("customerId")).distinct()).hasSize(250);
    assertThat(items.stream().map(item -> item.getString("displayName")).distinct())
        .hasSizeGreaterThan(20);
  }

  @Test
  void jobs_of_a_group_share_one_route() {
    List<DataItem> items = items(generate("job.one_time.schedule.changed", 50, Map.of()));

    assertThat(items.stream().map(item -> item.fields().get("currentRouteName")).distinct())
        .hasSize(1);
    assertThat(items.stream().map(item -> item.getLong("jobId")).distinct()).hasSize(50);
  }

  @Test
  void some_jobs_are_unscheduled() {
    var generator = new SampleDataGenerator(new SplittableRandom(1));
    EventTypeDefinition type = type("job.one_time.schedule.changed");
    long unscheduled = 0;
    for (int i = 0; i < 200; i++) {
      unscheduled +=
          generator.generate(type, 1, Map.of()).contains("\"currentRouteName\":null") ? 1 : 0;
    }

    assertThat(unscheduled).isBetween(5L, 80L);
  }

  @Test
  void overrides_apply_to_every_item() {
    assertThat(
            generate(
                "customer.created",
                2,
                Map.of("customerId", "9007199254740993", "displayName", "Zo\u00eb \"Z\"")))
        .isEqualTo(
            "[{\"customerId\":9007199254740993,\"displayName\":\"Zo\\u00eb \\\"Z\\\"\"},"
                + "{\"customerId\":9007199254740993,\"displayName\":\"Zo\\u00eb \\\"Z\\\"\"}]");
    assertThat(
            generate(
                "technician.route.changed",
                1,
                Map.of(
                    "technicianFirstName", "null", "technicianLastName", "x", "routeName", "null")))
        .describedAs("only nullable fields become null")
        .isEqualTo(
            "{\"technicianFirstName\":\"null\",\"technicianLastName\":\"x\",\"routeName\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "customerId, seven, customerId must be an integer",
    "customerId, 7.0, customerId must be an integer",
    "customerId, 007, customerId must be an integer",
    "customerId, -0, customerId must be an integer",
    "currentStatus, activ, did you mean \"active\"?",
    "customerID, 7, did you mean \"customerId\"?"
  })
  void override_that_does_not_match_its_field_is_rejected(
      String field, String value, String message) {
    assertThatThrownBy(() -> generate("customer.status.updated", 1, Map.of(field, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void operator_defined_type_gets_sample_data() {
    DataSchema schema =
        DataSchema.parse(
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "properties": {"poolId": {"type": "integer"}, "shape": {"type": "string"}},
             "required": ["poolId"], "additionalProperties": false}
            """,
            List.of());
    var type =
        new EventTypeDefinition(
            EventTypeNames.of("pool.opened"),
            "Pool",
            "A pool was opened.",
            false,
            true,
            schema,
            new EventTypeDefinition.Samples("{\"poolId\":1}", null));

    assertThat(new SampleDataGenerator(new SplittableRandom(1)).generate(type, 1, Map.of()))
        .matches("\\{\"poolId\":\\d+,\"shape\":\"Sample \\d+\"}");
  }

  private static List<DataItem> items(String data) {
    byte[] ascii = data.getBytes(StandardCharsets.US_ASCII);
    return Envelope.read(Envelope.write(new UUID(1, 2), "e.v", 40, Instant.EPOCH, ascii))
        .data()
        .items();
  }

  private static int countValidItems(EventTypeDefinition type, String data) {
    var errors = new ValidationErrors();
    var validator = new DataValidator(errors);
    int items = 0;
    try (var json = StrictJsonReader.open(data.getBytes(StandardCharsets.US_ASCII))) {
      if (json.next() == JsonToken.START_ARRAY) {
        while (json.next() != JsonToken.END_ARRAY) {
          items += validator.validate(json, type.schema()) == null ? 0 : 1;
        }
      } else {
        items = validator.validate(json, type.schema()) == null ? 0 : 1;
      }
      json.requireEnd();
    }
    assertThat(errors.kept()).isEmpty();
    return items;
  }

  private static String generate(String type, int items, Map<String, String> overrides) {
    return new SampleDataGenerator(new SplittableRandom(1)).generate(type(type), items, overrides);
  }

  private static EventTypeDefinition type(String name) {
    return EventCatalogue.builtIn().find(name).orElseThrow().type();
  }
}
