package com.poolbrain.webhooks.api.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.Problem.FieldError;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fields of publish requests and their errors.
class PublishRequestParserTest extends PublishParserFixture {

  private static String data(PublishedEvent event) {
    return event.items().stream()
        .map(eventItem -> new String(eventItem.data(), UTF_8))
        .collect(Collectors.joining("|"));
  }

  @Test
  void single_object_becomes_one_event() {
    PublishedEvent event = parseValid(EVENT).events().getFirst();
    assertThat(event.companyId()).isEqualTo(40);
    assertThat(event.type().name()).isEqualTo("customer.created");
    assertThat(event.type().mayBeGrouped()).isTrue();
    assertThat(event.occurredAt()).isNull();
    assertThat(data(event)).isEqualTo(ITEM);
    assertThat(event.items().getFirst().refs()).containsExactly("7");
  }

  @Test
  void fields_are_read_in_any_order() {
    String reordered =
        "{\"data\": [ %s , %s ],\"event\":\"customer.created\", \"company_id\" : 40 }"
            .formatted(ITEM, ITEM);
    assertThat(data(parseValid(reordered).events().getFirst())).isEqualTo(ITEM + "|" + ITEM);
  }

  @Test
  void data_before_event_is_validated() {
    Problem problem =
        parseInvalid(
            "[{\"data\":[%s,{\"customerId\":\"7\"}],\"event\":\"customer.created\",\"company_id\":1}]"
                .formatted(ITEM));
    assertThat(problem.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/0/data/1/customerId", "/0/data/1/displayName");
  }

  @Test
  void digits_are_kept_and_text_is_escaped() {
    String body =
        "{\"company_id\":40,\"event\":\"customer.created\","
            + "\"data\":{\"customerId\": 9007199254740993 ,\"displayName\":\"Zoë 🏊\"}}";
    assertThat(data(parseValid(body).events().getFirst()))
        .isEqualTo(
            "{\"customerId\":9007199254740993,\"displayName\":\"Zo\\u00eb \\ud83c\\udfca\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-13T06:42:24Z, 2026-02-13T06:42:24Z",
    "2026-02-13T06:42:24.123456789Z, 2026-02-13T06:42:24.123456Z",
    "2026-02-13T12:12:24.705+05:30, 2026-02-13T06:42:24.705Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void timestamp_of_any_offset_becomes_utc_microseconds(String sent, Instant expected) {
    String body = EVENT.replace("\"data\"", "\"timestamp\":\"" + sent + "\",\"data\"");
    assertThat(parseValid(body).events().getFirst().occurredAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"30000-01-01T00:00:00Z\"",
        "\"+30000-01-01T00:00:00Z\"",
        "\"1969-12-31T23:59:59Z\"",
        "\"9999-12-31T23:59:59-12:00\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"2026-02-13T06:42:24\"",
        "\"2026-02-13\"",
        "\"\"",
        "1770964944",
        "{\"a\":[1]}",
        "true"
      })
  void invalid_timestamp_is_rejected_by_pointer(String sent) {
    Problem problem =
        parseInvalid(EVENT.replace("\"data\"", "\"timestamp\":" + sent + ",\"data\""));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/timestamp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9007199254740992",
        "1e3",
        "40.0",
        "\"40\"",
        "null",
        "[]",
        "{\"a\":1}",
        "true",
        "99999999999999999999999999"
      })
  void invalid_company_id_is_rejected_by_pointer(String sent) {
    Problem problem = parseInvalid(event("company_id", sent));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/company_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", "7", "\"x\"", "true", "[7]", "[null]", "[]", "[{}]", "{}", "[[]]", "[%s,7]"
      })
  void data_that_violates_the_schema_is_rejected_by_pointer(String sent) {
    Problem problem = parseInvalid(event("data", sent.formatted(ITEM)));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
    assertThat(problem.errors())
        .isNotEmpty()
        .allSatisfy(fieldError -> assertThat(fieldError.pointer()).startsWith("/data"));
  }

  @Test
  void all_missing_fields_are_named() {
    assertThat(parseInvalid("[%s,{}]".formatted(EVENT)).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/1/company_id", "/1/event", "/1/data");
  }

  @Test
  void unknown_field_is_rejected_with_a_suggestion() {
    Problem problem = parseInvalid(EVENT.replace("\"data\"", "\"companyid\":{\"x\":1},\"data\""));
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/companyid");
    assertThat(problem.detail()).contains("Did you mean 'company_id'?");
  }

  @Test
  void unknown_event_is_rejected_with_a_suggestion() {
    assertThat(parseInvalid(event("event", "\"customer.create\"")).detail())
        .contains("customer.created");
    assertThat(parseInvalid(event("event", "\"webhook.ping\"")).detail()).contains("test button");
    assertThat(parseInvalid(event("event", "\"\\ud800\"")).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/event");
    assertThat(parseInvalid(event("event", "null")).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/event");
  }

  @Test
  void alias_in_any_case_resolves_to_the_canonical_type() {
    for (String name : List.of("job.deleted", "job.Deleted", "JOB.ONE_TIME.DELETED")) {
      String body =
          "{\"company_id\":1,\"event\":\"%s\",\"data\":{\"jobNumber\":\"J\",\"jobTitle\":\"T\"}}"
              .formatted(name);
      assertThat(parseValid(body).events().getFirst().type().name())
          .isEqualTo("job.one_time.deleted");
    }
  }

  @Test
  void event_of_a_foreign_company_is_rejected_like_one_of_an_unknown_company() {
    var principal = new Principal("k", "bound", Set.of(Scope.PUBLISH), 41L);
    Problem problem = parseInvalid(("[" + EVENT + "]").getBytes(UTF_8), principal, null);
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/0/company_id");
    assertThat(problem.detail()).isEqualTo(EventParser.unknownCompanyMessage(40));
  }

  @Test
  void reference_with_control_characters_is_not_searchable() {
    String body =
        "{\"company_id\":1,\"event\":\"job.one_time.created\",\"data\":{\"jobNumber\":\"J\\u0000\"}}";
    PublishedEvent.EventItem eventItem = parseValid(body).events().getFirst().items().getFirst();
    assertThat(eventItem.refs()).isEmpty();
    assertThat(new String(eventItem.data(), UTF_8)).isEqualTo("{\"jobNumber\":\"J\\u0000\"}");
  }
}
