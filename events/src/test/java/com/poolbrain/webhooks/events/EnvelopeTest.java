package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.events.JsonRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EnvelopeTest {

  private static final String WHOLE =
      "{\"id\":\"af1edcbb-4622-4653-8ee1-4cb9b2d242bd\",\"event\":\"customer.created\","
          + "\"company_id\":40,\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":DATA}";

  @Test
  void theGuidesSingleSampleLosesOnlyItsWhiteSpace() throws IOException {
    Envelope envelope = Envelope.read(guide("single"));

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
  void theGuidesGroupedSampleLosesOnlyItsWhiteSpace() throws IOException {
    Envelope envelope = Envelope.read(guide("grouped"));

    assertThat(envelope.data().grouped()).isTrue();
    assertThat(envelope.data().items())
        .extracting(item -> item.get("jobId").intValue())
        .containsExactly(2493251, 2493495);
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
  void dataComesBackWithItsVeryDigits(String data) {
    assertThat(Envelope.read(whole(data)).toBytes()).isEqualTo(whole(data));
  }

  @Test
  void itemsKeepTheirNumbersToo() {
    ObjectNode item =
        Envelope.read(whole("{\"a\":1.10,\"b\":9007199254740993,\"c\":1e400}"))
            .data()
            .items()
            .get(0);

    assertThat(item.get("a").decimalValue()).hasToString("1.10");
    assertThat(item.get("b").longValue()).isEqualTo(9007199254740993L);
    assertThat(item.get("c").decimalValue()).isEqualByComparingTo("1e400");
  }

  @Test
  void orderAndFieldsOfTomorrowDoNotMatter() {
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
  void saysWhatIsNoEnvelope(String body, String pointer, String words) {
    JsonRefusedException refused = refused(ascii(body.replace('`', '"')));

    assertThat(refused.reason()).isEqualTo(Reason.UNEXPECTED);
    assertThat(refused.pointer()).isEqualTo(pointer);
    assertThat(refused).hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "event", "company_id", "timestamp", "data"})
  void everyFieldIsNeeded(String field) {
    String body = new String(whole("{}"), StandardCharsets.US_ASCII);

    JsonRefusedException refused = refused(ascii(body.replace("\"" + field + "\"", "\"other\"")));

    assertThat(refused.pointer()).isEqualTo("/" + field);
    assertThat(refused).hasMessageContaining(field + " is missing");
  }

  @Test
  void cutOffBodiesAreRefused() {
    byte[] body = whole("{\"a\":[1]}");
    for (int length = 0; length < body.length; length++) {
      assertThat(refused(Arrays.copyOf(body, length)).isMalformed()).isTrue();
    }
    assertThat(refused(Arrays.copyOf(body, body.length + 1)).isMalformed()).isTrue();
  }

  private static JsonRefusedException refused(byte[] body) {
    JsonRefusedException refused =
        catchThrowableOfType(JsonRefusedException.class, () -> Envelope.read(body));
    assertThat(refused).isNotNull();
    return refused;
  }

  private static byte[] whole(String data) {
    return ascii(WHOLE.replace("DATA", data));
  }

  private static byte[] guide(String name) throws IOException {
    return TestFiles.read("/guide/" + name + ".json").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
