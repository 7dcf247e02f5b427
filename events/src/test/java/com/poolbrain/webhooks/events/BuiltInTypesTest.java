package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares the built-in types with golden files of the released ones. Only a new release adds
/// golden files.
class BuiltInTypesTest {

  private static final String RULE =
      """
      What was released never changes: consumers built on it. An alias is reserved for ever. If the \
      payload has to be different, release a new event type (customer.created.v2) and leave this one \
      alone; an optional field that customers turn on is the only addition, and goes into the golden \
      file in the same commit.\
      """;

  static List<EventTypeDefinition> released() {
    return EventCatalogue.builtIn().types();
  }

  @Test
  void names_grouping_and_aliases_match_the_golden_file() throws IOException {
    List<String> lines = released().stream().map(BuiltInTypesTest::describe).toList();

    assertThat(lines)
        .describedAs(RULE)
        .containsExactlyElementsOf(TestFiles.read("/golden/types.txt").lines().toList());
  }

  private static String describe(EventTypeDefinition type) {
    return "%s | %s | %s | %s | aliases %s | searched by %s"
        .formatted(
            type.name(),
            type.category(),
            type.mayBeGrouped() ? "grouped" : "single",
            type.mayBeSubscribed() ? "subscribable" : "test button only",
            type.aliases(),
            type.schema().searchableFields());
  }

  @ParameterizedTest
  @MethodSource("released")
  void schema_matches_the_golden_file(EventTypeDefinition type) throws IOException {
    assertThat(type.schema().json())
        .describedAs(RULE)
        .isEqualTo(TestFiles.read("/golden/schemas/" + type.name() + ".json"));
  }

  @ParameterizedTest
  @MethodSource("released")
  void samples_match_the_golden_files(EventTypeDefinition type) throws IOException {
    assertThat(type.samples().single())
        .describedAs(RULE)
        .isEqualTo(readGolden("/golden/samples/" + type.name() + ".json"));
    if (type.mayBeGrouped()) {
      assertThat(type.samples().grouped())
          .describedAs(RULE)
          .isEqualTo(readGolden("/golden/samples/" + type.name() + ".grouped.json"));
    }
  }

  @ParameterizedTest
  @MethodSource("released")
  void type_and_its_fields_have_descriptions(EventTypeDefinition type) {
    assertThat(type.description()).endsWith(".");
    assertThat(type.schema().fields())
        .allSatisfy(dataField -> assertThat(dataField.description()).endsWith("."));
  }

  /// The fields as the consumer guide lists them, independent of the schema files.
  @Test
  void field_types_match_the_contract() {
    assertThat(describeFields("customer.created"))
        .isEqualTo("customerId INTEGER, displayName STRING");
    assertThat(describeFields("customer.status.updated"))
        .isEqualTo(
            "customerId INTEGER, displayName STRING, currentStatus STRING[active, inactive, lead]");
    assertThat(describeFields("job.one_time.created")).isEqualTo("jobNumber STRING");
    assertThat(describeFields("job.one_time.deleted"))
        .isEqualTo("jobNumber STRING, jobTitle STRING");
    assertThat(describeFields("job.one_time.schedule.changed"))
        .isEqualTo(
            "jobId INTEGER, jobTitle STRING, technicianName STRING?, currentRouteName STRING?");
    assertThat(describeFields("technician.route.changed"))
        .isEqualTo("technicianFirstName STRING, technicianLastName STRING, routeName STRING?");
    assertThat(describeFields("webhook.ping")).isEqualTo("message STRING");
  }

  private static String describeFields(String name) {
    EventTypeDefinition type = EventCatalogue.builtIn().find(name).orElseThrow().type();
    return String.join(
        ", ",
        type.schema().fields().stream()
            .map(dataField ->
                (dataField.required() ? "" : "optional ")
                    + dataField.name()
                    + " "
                    + dataField.type().kind()
                    + (dataField.type().nullable() ? "?" : "")
                    + (dataField.type().allowedValues().isEmpty()
                        ? ""
                        : dataField.type().allowedValues()))
            .toList());
  }

  private static String readGolden(String path) throws IOException {
    byte[] compact = AsciiJsonCopier.compact(TestFiles.read(path).getBytes(StandardCharsets.UTF_8));
    return new String(compact, StandardCharsets.US_ASCII);
  }
}
