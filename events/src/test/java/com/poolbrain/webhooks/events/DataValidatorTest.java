package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonToken;

class DataValidatorTest {

  private final ValidationErrors errors = new ValidationErrors();

  @Test
  void valid_item_is_copied_as_compact_ascii() {
    ValidatedItem item =
        readValid(
            "customer.status.updated",
            "{ \"currentStatus\" : \"lead\", \"displayName\": \"Zo\u00eb\",\n\"customerId\": 9007199254740993 }");

    assertThat(errors.kept()).isEmpty();
    assertThat(item.bytes())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(
            "{\"currentStatus\":\"lead\",\"displayName\":\"Zo\\u00eb\",\"customerId\":9007199254740993}");
    assertThat(item.searchValues()).containsExactly("9007199254740993");
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
  void search_values_are_collected(String type, String data, String searchValue) {
    assertThat(readValid(type, data).searchValues()).containsExactly(searchValue);
  }

  @Test
  void null_empty_and_too_long_search_values_are_omitted() {
    assertThat(
            readValid(
                    "technician.route.changed",
                    "{`technicianFirstName`:`A`,`technicianLastName`:`B`,`routeName`:null}")
                .searchValues())
        .isEmpty();
    assertThat(
            readValid("job.one_time.created", "{`jobNumber`:`" + "x".repeat(201) + "`}")
                .searchValues())
        .isEmpty();
    assertThat(
            readValid("job.one_time.created", "{`jobNumber`:`" + "x".repeat(200) + "`}")
                .searchValues())
        .hasSize(1);
    assertThat(readValid("job.one_time.created", "{`jobNumber`:``}").searchValues()).isEmpty();
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
  void mismatch_is_reported_with_pointer_and_detail(String data, String pointer, String words) {
    assertThat(read("customer.created", data)).isNull();
    assertThat(errors.kept())
        .singleElement()
        .extracting(ValidationError::pointer)
        .isEqualTo(pointer);
    assertThat(errors.kept().get(0).detail()).contains(words).matches(".*[.?]");
  }

  @Test
  void misspelt_enum_value_gets_a_suggestion() {
    read("customer.status.updated", "{`customerId`:7,`displayName`:`x`,`currentStatus`:`Active`}");
    read("customer.status.updated", "{`customerId`:7,`displayName`:`x`,`currentStatus`:`gone`}");
    read("customer.status.updated", "{`customerId`:7,`displayName`:`x`,`currentStatus`:null}");

    assertThat(errors.kept())
        .extracting(ValidationError::detail)
        .containsExactly(
            "currentStatus must be one of \"active\", \"inactive\", \"lead\"; did you mean"
                + " \"active\"?",
            "currentStatus must be one of \"active\", \"inactive\", \"lead\".",
            "currentStatus must be one of \"active\", \"inactive\", \"lead\".");
  }

  @Test
  void long_field_name_is_cut_without_leaving_a_lone_surrogate() {
    read("job.one_time.created", "{`jobNumber`:`x`,`" + "x".repeat(39) + "\ud83d\ude00`:1}");

    assertThat(errors.kept().get(0).detail()).contains("\"" + "x".repeat(39) + "?…\"");
  }

  @Test
  void detail_of_an_error_that_is_not_kept_is_never_made() {
    StrictJsonReader json = StrictJsonReader.open(new byte[] {'1'});
    for (int i = 0; i < ValidationErrors.MAX_KEPT; i++) {
      errors.add(json, "kept");
    }

    errors.add(
        json,
        () -> {
          throw new AssertionError("made");
        });

    assertThat(errors.kept()).hasSize(ValidationErrors.MAX_KEPT);
    assertThat(errors.count()).isEqualTo(ValidationErrors.MAX_KEPT + 1);
  }

  @Test
  void all_errors_are_reported_at_once() {
    try (var json = open("[{`customerId`:`7`},{`name`:1},{`customerId`:1,`displayName`:`ok`},7]")) {
      var validator = new DataValidator(errors);
      json.next();
      int validCount = 0;
      while (json.next() != JsonToken.END_ARRAY) {
        validCount += validator.validate(json, schema("customer.created")) == null ? 0 : 1;
      }
      json.requireEnd();

      assertThat(validCount).isOne();
      assertThat(errors.kept())
          .extracting(ValidationError::pointer)
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
  void only_the_first_100_errors_are_kept() {
    for (int i = 0; i < 150; i++) {
      read("customer.created", "7");
    }

    assertThat(errors.kept()).hasSize(100);
    assertThat(errors.count()).isEqualTo(150);
  }

  @Test
  void malformed_json_inside_data_is_rejected() {
    assertRejected("{`customerId`:1,`customerId`:1,`displayName`:`x`}", Reason.DUPLICATE_KEY);
    assertRejected("{`customerId`:1,`displayName`:`\\ud800`}", Reason.LONE_SURROGATE);
    assertRejected("{`customerId`:1,`displayName`:`x`", Reason.SYNTAX);
    assertRejected("{`customerId`:1,`displayName`:`x`,}", Reason.SYNTAX);
    assertRejected("{`unknown`:{`a`:1,`a`:2}}", Reason.DUPLICATE_KEY);
    assertRejected("{`customerId`:" + "1".repeat(1001) + "}", Reason.TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{}; ''", "{`a`:null}; ''", "{`a`:`x`}; x", "{`b`:1}; ''", "{`b`:0,`a`:`y`}; y"})
  void optional_fields_may_be_missing(String data, String searchValues) {
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
      ValidatedItem item = new DataValidator(errors).validate(json, schema);
      assertThat(errors.kept()).isEmpty();
      assertThat(item)
          .extracting(validated -> String.join(" ", validated.searchValues()))
          .isEqualTo(searchValues);
    }
  }

  private void assertRejected(String data, Reason reason) {
    InvalidJsonException exception =
        catchThrowableOfType(InvalidJsonException.class, () -> read("customer.created", data));
    assertThat(exception).isNotNull();
    assertThat(exception.reason()).isEqualTo(reason);
  }

  private ValidatedItem readValid(String type, String data) {
    ValidatedItem item = read(type, data);
    if (item == null) {
      throw new AssertionError(errors.kept());
    }
    return item;
  }

  private @Nullable ValidatedItem read(String type, String data) {
    try (var json = open(data)) {
      json.next();
      ValidatedItem item = new DataValidator(errors).validate(json, schema(type));
      json.requireEnd();
      return item;
    }
  }

  private static StrictJsonReader open(String data) {
    return StrictJsonReader.open(data.replace('`', '"').getBytes(StandardCharsets.UTF_8), "/data");
  }

  private static DataSchema schema(String type) {
    return EventCatalogue.builtIn().find(type).orElseThrow().type().schema();
  }
}
