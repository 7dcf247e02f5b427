package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleDataTest {

  static List<EventTypeDefinition> types() {
    return Catalogue.released().types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void alwaysFitTheSchema(EventTypeDefinition type) {
    var samples = new SampleData(new SplittableRandom(1));
    for (int items = 1; items < 60; items++) {
      String data = samples.make(type, items, Map.of());

      assertThat(fitting(type, data)).describedAs(data).isEqualTo(items);
    }
  }

  @Test
  void oneItemIsAnObjectAndMoreAreAnArray() {
    assertThat(make("customer.created", 1, Map.of())).startsWith("{\"customerId\":");
    assertThat(make("customer.created", 2, Map.of())).startsWith("[{\"customerId\":");
    assertThatThrownBy(() -> make("customer.created", 0, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameSeedGivesTheSameDataAndAnotherDoesNot() {
    EventTypeDefinition type = type("customer.created");

    assertThat(new SampleData(new SplittableRandom(5)).make(type, 20, Map.of()))
        .isEqualTo(new SampleData(new SplittableRandom(5)).make(type, 20, Map.of()))
        .isNotEqualTo(new SampleData(new SplittableRandom(6)).make(type, 20, Map.of()));
  }

  @Test
  void anImportHasAnIdOfItsOwnForEachCustomer() {
    JsonNode items = JsonMapper.shared().readTree(make("customer.created", 250, Map.of()));

    assertThat(items.valueStream().map(item -> item.get("customerId").longValue()).distinct())
        .hasSize(250);
    assertThat(items.valueStream().map(item -> item.get("displayName").asString()).distinct())
        .hasSizeGreaterThan(20);
  }

  @Test
  void aBulkMoveGoesToOneRoute() {
    JsonNode items =
        JsonMapper.shared().readTree(make("job.one_time.schedule.changed", 50, Map.of()));

    assertThat(items.valueStream().map(item -> item.get("currentRouteName")).distinct()).hasSize(1);
    assertThat(items.valueStream().map(item -> item.get("jobId")).distinct()).hasSize(50);
  }

  @Test
  void someJobsAreUnscheduled() {
    var samples = new SampleData(new SplittableRandom(1));
    EventTypeDefinition type = type("job.one_time.schedule.changed");
    long unscheduled = 0;
    for (int i = 0; i < 200; i++) {
      unscheduled += samples.make(type, 1, Map.of()).contains("\"currentRouteName\":null") ? 1 : 0;
    }

    assertThat(unscheduled).isBetween(5L, 80L);
  }

  @Test
  void overridesCountForEachItem() {
    assertThat(
            make(
                "customer.created",
                2,
                Map.of("customerId", "9007199254740993", "displayName", "Zo\u00eb \"Z\"")))
        .isEqualTo(
            "[{\"customerId\":9007199254740993,\"displayName\":\"Zo\\u00eb \\\"Z\\\"\"},"
                + "{\"customerId\":9007199254740993,\"displayName\":\"Zo\\u00eb \\\"Z\\\"\"}]");
    assertThat(
            make(
                "technician.route.changed",
                1,
                Map.of(
                    "technicianFirstName", "null", "technicianLastName", "x", "routeName", "null")))
        .describedAs("only what may be null is null")
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
  void overridesHaveToFit(String field, String value, String words) {
    assertThatThrownBy(() -> make("customer.status.updated", 1, Map.of(field, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aTypeOfTomorrowHasSamplesToo() {
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
            EventNames.of("pool.opened"),
            new EventTypeDefinition.About("Pool", "A pool was opened."),
            new EventTypeDefinition.Use(false, true),
            schema,
            new Samples("{\"poolId\":1}", null));

    assertThat(new SampleData(new SplittableRandom(1)).make(type, 1, Map.of()))
        .matches("\\{\"poolId\":\\d+,\"shape\":\"Sample \\d+\"}");
  }

  private static int fitting(EventTypeDefinition type, String data) {
    var problems = new Problems();
    var check = new DataCheck(problems);
    int items = 0;
    try (var json = StrictJson.open(data.getBytes(StandardCharsets.US_ASCII))) {
      if (json.next() == JsonToken.START_ARRAY) {
        while (json.next() != JsonToken.END_ARRAY) {
          items += check.read(json, type.schema()) == null ? 0 : 1;
        }
      } else {
        items = check.read(json, type.schema()) == null ? 0 : 1;
      }
      json.end();
    }
    assertThat(problems.kept()).isEmpty();
    return items;
  }

  private static String make(String type, int items, Map<String, String> overrides) {
    return new SampleData(new SplittableRandom(1)).make(type(type), items, overrides);
  }

  private static EventTypeDefinition type(String name) {
    return Catalogue.released().find(name).orElseThrow().type();
  }
}
