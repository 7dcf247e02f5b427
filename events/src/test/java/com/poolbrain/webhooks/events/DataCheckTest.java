package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.events.JsonRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonToken;

class DataCheckTest {

  private final Problems problems = new Problems();

  @Test
  void copiesWhatFits() {
    CheckedItem item =
        fitting(
            "customer.status.updated",
            "{ \"currentStatus\" : \"lead\", \"displayName\": \"Zo\u00eb\",\n\"customerId\": 9007199254740993 }");

    assertThat(problems.kept()).isEmpty();
    assertThat(item.ascii())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(
            "{\"currentStatus\":\"lead\",\"displayName\":\"Zo\\u00eb\",\"customerId\":9007199254740993}");
    assertThat(item.searchReferences()).containsExactly("9007199254740993");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "job.one_time.deleted; {`jobNumber`:`JOB-\u00e9`,`jobTitle`:`x`}; JOB-\u00e9",
        "job.one_time.created; {`jobNumber`:`5501`}; 5501",
        "job.one_time.schedule.changed;"
            + " {`jobId`:-3,`jobTitle`:``,`technicianName`:null,`currentRouteName`:null}; -3"
      })
  void collectsWhatCanBeSearched(String type, String data, String reference) {
    assertThat(fitting(type, data).searchReferences()).containsExactly(reference);
  }

  @Test
  void nothingToSearchByIsFineToo() {
    assertThat(
            fitting(
                    "technician.route.changed",
                    "{`technicianFirstName`:`A`,`technicianLastName`:`B`,`routeName`:null}")
                .searchReferences())
        .isEmpty();
    assertThat(
            fitting("job.one_time.created", "{`jobNumber`:`" + "x".repeat(201) + "`}")
                .searchReferences())
        .isEmpty();
    assertThat(
            fitting("job.one_time.created", "{`jobNumber`:`" + "x".repeat(200) + "`}")
                .searchReferences())
        .hasSize(1);
    assertThat(fitting("job.one_time.created", "{`jobNumber`:``}").searchReferences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{`customerId`:7.0,`displayName`:`x`}; /data/customerId; plain digits",
        "{`customerId`:1e3,`displayName`:`x`}; /data/customerId; plain digits",
        "{`customerId`:-0,`displayName`:`x`}; /data/customerId; write 0 without a sign",
        "{`customerId`:`7`,`displayName`:`x`}; /data/customerId; leave out the quotes",
        "{`customerId`:null,`displayName`:`x`}; /data/customerId; customerId must be an integer",
        "{`customerId`:true,`displayName`:`x`}; /data/customerId; customerId must be an integer",
        "{`customerId`:[1,{`a`:2}],`displayName`:`x`}; /data/customerId; must be an integer",
        "{`customerId`:7,`displayName`:5}; /data/displayName; displayName must be a string",
        "{`customerId`:7,`displayName`:{}}; /data/displayName; displayName must be a string",
        "{`customerId`:7}; /data/displayName; displayName is missing",
        "{`customerId`:7,`displayName`:`x`,`customerid`:7}; /data/customerid;"
            + " did you mean \"customerId\"?",
        "{`customerId`:7,`displayName`:`x`,`extra`:{`a`:[]}}; /data/extra;"
            + " the fields are customerId, displayName",
        "[]; /data; must be an object with the fields customerId, displayName",
        "`x`; /data; must be an object",
        "null; /data; must be an object"
      })
  void namesWhatDoesNotFit(String data, String pointer, String words) {
    assertThat(read("customer.created", data)).isNull();
    assertThat(problems.kept()).singleElement().extracting(Problem::pointer).isEqualTo(pointer);
    assertThat(problems.kept().get(0).detail()).contains(words).matches(".*[.?]");
  }

  @Test
  void suggestsTheListedValueThatWasMeant() {
    read("customer.status.updated", "{`customerId`:7,`displayName`:`x`,`currentStatus`:`Active`}");
    read("customer.status.updated", "{`customerId`:7,`displayName`:`x`,`currentStatus`:`gone`}");
    read("customer.status.updated", "{`customerId`:7,`displayName`:`x`,`currentStatus`:null}");

    assertThat(problems.kept())
        .extracting(Problem::detail)
        .containsExactly(
            "currentStatus must be one of \"active\", \"inactive\", \"lead\"; did you mean"
                + " \"active\"?",
            "currentStatus must be one of \"active\", \"inactive\", \"lead\".",
            "currentStatus must be one of \"active\", \"inactive\", \"lead\".");
  }

  @Test
  void aLongNameIsCutWithoutLeavingHalfACharacter() {
    read("job.one_time.created", "{`jobNumber`:`x`,`" + "x".repeat(39) + "\ud83d\ude00`:1}");

    assertThat(problems.kept().get(0).detail()).contains("\"" + "x".repeat(39) + "?…\"");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    try (var json = open("[{`customerId`:`7`},{`name`:1},{`customerId`:1,`displayName`:`ok`},7]")) {
      var check = new DataCheck(problems);
      json.next();
      int fitting = 0;
      while (json.next() != JsonToken.END_ARRAY) {
        fitting += check.read(json, schema("customer.created")) == null ? 0 : 1;
      }
      json.end();

      assertThat(fitting).isOne();
      assertThat(problems.kept())
          .extracting(Problem::pointer)
          .containsExactly(
              "/data/0/customerId",
              "/data/0/displayName",
              "/data/1/name",
              "/data/1/customerId",
              "/data/1/displayName",
              "/data/3");
    }
  }

  @Test
  void onlyTheFirstHundredAreKept() {
    for (int i = 0; i < 150; i++) {
      read("customer.created", "7");
    }

    assertThat(problems.kept()).hasSize(100);
    assertThat(problems.count()).isEqualTo(150);
  }

  @Test
  void whatIsMalformedInsideIsStillRefused() {
    assertRefused("{`customerId`:1,`customerId`:1,`displayName`:`x`}", Reason.DUPLICATE_KEY);
    assertRefused("{`customerId`:1,`displayName`:`\\ud800`}", Reason.LONE_SURROGATE);
    assertRefused("{`customerId`:1,`displayName`:`x`", Reason.SYNTAX);
    assertRefused("{`customerId`:1,`displayName`:`x`,}", Reason.SYNTAX);
    assertRefused("{`unknown`:{`a`:1,`a`:2}}", Reason.DUPLICATE_KEY);
    assertRefused("{`customerId`:" + "1".repeat(1001) + "}", Reason.TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{}; ''", "{`a`:null}; ''", "{`a`:`x`}; x", "{`b`:1}; ''", "{`b`:0,`a`:`y`}; y"})
  void optionalFieldsMayBeMissing(String data, String references) {
    DataSchema schema =
        DataSchema.parse(
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "properties": {"a": {"type": ["string", "null"], "enum": ["x", "y", null]},
                            "b": {"type": "integer"}},
             "additionalProperties": false}
            """,
            List.of("a"));
    try (var json = open(data)) {
      json.next();
      CheckedItem item = new DataCheck(problems).read(json, schema);
      assertThat(problems.kept()).isEmpty();
      assertThat(item)
          .extracting(found -> String.join(" ", found.searchReferences()))
          .isEqualTo(references);
    }
  }

  private void assertRefused(String data, Reason reason) {
    JsonRefusedException refused =
        catchThrowableOfType(JsonRefusedException.class, () -> read("customer.created", data));
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
  }

  private CheckedItem fitting(String type, String data) {
    CheckedItem item = read(type, data);
    if (item == null) {
      throw new AssertionError(problems.kept());
    }
    return item;
  }

  private @Nullable CheckedItem read(String type, String data) {
    try (var json = open(data)) {
      json.next();
      CheckedItem item = new DataCheck(problems).read(json, schema(type));
      json.end();
      return item;
    }
  }

  private static StrictJson open(String data) {
    return StrictJson.open(data.replace('`', '"').getBytes(StandardCharsets.UTF_8), "/data");
  }

  private static DataSchema schema(String type) {
    return Catalogue.released().find(type).orElseThrow().type().schema();
  }
}
