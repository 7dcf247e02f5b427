package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds what consumers were promised: the golden files are what was released, and nothing but a
/// new release adds to them.
class ReleasedTypesTest {

  private static final String RULE =
      """
      What was released never changes: consumers built on it. An alias is reserved for ever. If the \
      payload has to be different, release a new event type (customer.created.v2) and leave this one \
      alone; an optional field that customers turn on is the only addition, and goes into the golden \
      file in the same commit.\
      """;

  static List<EventTypeDefinition> released() {
    return Catalogue.released().types();
  }

  @Test
  void namesGroupingAndAliasesAreAsReleased() throws IOException {
    List<String> lines = released().stream().map(ReleasedTypesTest::line).toList();

    assertThat(lines)
        .describedAs(RULE)
        .containsExactlyElementsOf(TestFiles.read("/golden/types.txt").lines().toList());
  }

  private static String line(EventTypeDefinition type) {
    return "%s | %s | %s | %s | aliases %s | searched by %s"
        .formatted(
            type.name(),
            type.category(),
            type.mayBeGrouped() ? "grouped" : "single",
            type.maySubscribe() ? "subscribable" : "test button only",
            type.aliases(),
            type.schema().searchReferences());
  }

  @ParameterizedTest
  @MethodSource("released")
  void theSchemaIsAsReleased(EventTypeDefinition type) throws IOException {
    assertThat(type.schema().json())
        .describedAs(RULE)
        .isEqualTo(TestFiles.read("/golden/schemas/" + type.name() + ".json"));
  }

  @ParameterizedTest
  @MethodSource("released")
  void theSamplesAreThoseOfTheGuide(EventTypeDefinition type) throws IOException {
    assertThat(type.samples().single())
        .describedAs(RULE)
        .isEqualTo(golden("/golden/samples/" + type.name() + ".json"));
    if (type.mayBeGrouped()) {
      assertThat(type.samples().grouped())
          .describedAs(RULE)
          .isEqualTo(golden("/golden/samples/" + type.name() + ".grouped.json"));
    }
  }

  @ParameterizedTest
  @MethodSource("released")
  void isDescribedForPeople(EventTypeDefinition type) {
    assertThat(type.description()).endsWith(".");
    assertThat(type.schema().fields())
        .allSatisfy(field -> assertThat(field.description()).endsWith("."));
  }

  /// The fields as the contract lists them, apart from the files.
  @Test
  void fieldsHaveTheTypesOfTheContract() {
    assertThat(fields("customer.created")).isEqualTo("customerId INTEGER, displayName STRING");
    assertThat(fields("customer.status.updated"))
        .isEqualTo(
            "customerId INTEGER, displayName STRING, currentStatus STRING[active, inactive, lead]");
    assertThat(fields("job.one_time.created")).isEqualTo("jobNumber STRING");
    assertThat(fields("job.one_time.deleted")).isEqualTo("jobNumber STRING, jobTitle STRING");
    assertThat(fields("job.one_time.schedule.changed"))
        .isEqualTo(
            "jobId INTEGER, jobTitle STRING, technicianName STRING?, currentRouteName STRING?");
    assertThat(fields("technician.route.changed"))
        .isEqualTo("technicianFirstName STRING, technicianLastName STRING, routeName STRING?");
    assertThat(fields("webhook.ping")).isEqualTo("message STRING");
  }

  private static String fields(String name) {
    EventTypeDefinition type = Catalogue.released().find(name).orElseThrow().type();
    return String.join(
        ", ",
        type.schema().fields().stream()
            .map(field ->
                (field.required() ? "" : "optional ")
                    + field.name()
                    + " "
                    + field.type().kind()
                    + (field.type().nullable() ? "?" : "")
                    + (field.type().values().isEmpty() ? "" : field.type().values()))
            .toList());
  }

  private static String golden(String path) throws IOException {
    byte[] compact = AsciiJson.compact(TestFiles.read(path).getBytes(StandardCharsets.UTF_8));
    return new String(compact, StandardCharsets.US_ASCII);
  }
}
