package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final String TEMPLATE =
      "{\"id\":\"af1edcbb-4622-4653-8ee1-4cb9b2d242bd\",\"event\":\"customer.created\","
          + "\"company_id\":40,\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":DATA}";

  @Test
  void single_sample_of_the_guide_round_trips_without_white_space() throws IOException {
    Envelope envelope = Envelope.read(guideSample("single"));

    assertThat(envelope.id()).isEqualTo(UUID.fromString("af1edcbb-4622-4653-8ee1-4cb9b2d242bd"));
    assertThat(envelope.event()).isEqualTo("customer.status.updated");
    assertThat(envelope.companyId()).isEqualTo(40);
    assertThat(envelope.timestamp()).isEqualTo(Instant.parse("2026-02-13T06:42:24.705Z"));
    assertThat(envelope.data().grouped()).isFalse();
    assertThat(envelope.data().items()).hasSize(1);
    assertThat(envelope.toBytes())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(
            "{\"id\":\"af1edcbb-4622-4653-8ee1-4cb9b2d242bd\",\"event\":\"customer.status.updated\","
                + "\"company_id\":40,\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":"
                + "{\"customerId\":3930000,\"displayName\":\"Chris Bale\","
                + "\"currentStatus\":\"inactive\"}}");
  }

  @Test
  void grouped_sample_of_the_guide_round_trips_without_white_space() throws IOException {
    Envelope envelope = Envelope.read(guideSample("grouped"));

    assertThat(envelope.data().grouped()).isTrue();
    assertThat(envelope.data().items())
        .extracting(item -> item.getLong("jobId"))
        .containsExactly(2493251L, 2493495L);
    assertThat(envelope.toBytes())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(
            "{\"id\":\"ddb2ecfe-c4e0-4536-8f00-ccbfbd40af0b\","
                + "\"event\":\"job.one_time.schedule.changed\",\"company_id\":40,"
                + "\"timestamp\":\"2026-02-13T07:12:50.910000Z\",\"data\":"
                + "[{\"jobId\":2493251,\"jobTitle\":\"Filter Clean\",\"technicianName\":"
                + "\"Alina Grant\",\"currentRouteName\":\"North Route\"},"
                + "{\"jobId\":2493495,\"jobTitle\":\"Pump Repair\",\"technicianName\":"
                + "\"Alina Grant\",\"currentRouteName\":\"North Route\"}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\":9007199254740993}",
        "{\"n\":[1.10,1e400,-0,-0.0]}",
        "[{\"s\":\"\\u00eb\"},{}]"
      })
  void data_keeps_the_digits_of_its_numbers(String data) {
    assertThat(Envelope.read(envelopeOf(data)).toBytes()).isEqualTo(envelopeOf(data));
  }

  @Test
  void items_keep_large_and_decimal_numbers() {
    DataItem item =
        Envelope.read(envelopeOf("{\"a\":1.10,\"b\":9007199254740993,\"c\":1e400}"))
            .data()
            .items()
            .get(0);

    assertThat(item.fields())
        .containsEntry("a", new BigDecimal("1.10"))
        .containsEntry("b", 9007199254740993L)
        .containsEntry("c", new BigDecimal("1e400"));
    assertThat(item.getLong("b")).isEqualTo(9007199254740993L);
  }

  @Test
  void field_order_and_unknown_fields_are_ignored() {
    Envelope envelope =
        Envelope.read(
            ascii(
                "{\"data\":{},\"version\":{\"a\":[2]},\"timestamp\":\"2026-02-13T06:42:24Z\","
                    + "\"company_id\":40,\"event\":\"e.v\","
                    + "\"id\":\"AF1EDCBB-4622-4653-8EE1-4CB9B2D242BD\"}"));

    assertThat(envelope.event()).isEqualTo("e.v");
    assertThat(envelope.id()).hasToString("af1edcbb-4622-4653-8ee1-4cb9b2d242bd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7; ''; object",
        "[]; ''; object",
        "{}; /id; missing",
        "{`id`:7}; /id; UUID",
        "{`id`:`1-1-1-1-1`}; /id; UUID",
        "{`event`:null}; /event; string",
        "{`company_id`:`40`}; /company_id; integer",
        "{`company_id`:40.0}; /company_id; integer",
        "{`company_id`:9223372036854775808}; /company_id; 64 bits",
        "{`timestamp`:`yesterday`}; /timestamp; 2026-02-13T06:42:24.705000Z",
        "{`timestamp`:1770000000}; /timestamp; string",
        "{`data`:7}; /data; object",
        "{`data`:null}; /data; object",
        "{`data`:[]}; /data; at least one",
        "{`data`:[{},7]}; /data; object"
      })
  void invalid_envelope_is_rejected_with_pointer_and_reason(
      String body, String pointer, String words) {
    InvalidJsonException exception = readInvalid(ascii(body.replace('`', '"')));

    assertThat(exception.reason()).isEqualTo(Reason.UNEXPECTED_VALUE);
    assertThat(exception.pointer()).isEqualTo(pointer);
    assertThat(exception).hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "event", "company_id", "timestamp", "data"})
  void every_envelope_field_is_required(String field) {
    String body = new String(envelopeOf("{}"), StandardCharsets.US_ASCII);

    InvalidJsonException exception =
        readInvalid(ascii(body.replace("\"" + field + "\"", "\"other\"")));

    assertThat(exception.pointer()).isEqualTo("/" + field);
    assertThat(exception).hasMessageContaining(field + " is missing");
  }

  @Test
  void truncated_body_is_malformed() {
    byte[] body = envelopeOf("{\"a\":[1]}");
    for (int length = 0; length < body.length; length++) {
      assertThat(readInvalid(Arrays.copyOf(body, length)).isMalformed()).isTrue();
    }
    assertThat(readInvalid(Arrays.copyOf(body, body.length + 1)).isMalformed()).isTrue();
  }

  private static InvalidJsonException readInvalid(byte[] body) {
    InvalidJsonException exception =
        catchThrowableOfType(InvalidJsonException.class, () -> Envelope.read(body));
    assertThat(exception).isNotNull();
    return exception;
  }

  private static byte[] envelopeOf(String data) {
    return ascii(TEMPLATE.replace("DATA", data));
  }

  private static byte[] guideSample(String name) throws IOException {
    return TestFiles.read("/guide/" + name + ".json").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
