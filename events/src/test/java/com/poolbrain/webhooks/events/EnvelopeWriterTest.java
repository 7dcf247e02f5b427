package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeWriterTest {

  private static final UUID ID = UUID.fromString("af1edcbb-4622-4653-8ee1-4cb9b2d242bd");
  private static final Instant OCCURRED_AT = Instant.parse("2026-02-13T06:42:24.705Z");
  private static final byte[] DATA = "{\"a\":1}".getBytes(StandardCharsets.US_ASCII);

  @Test
  void writes_the_documented_bytes() {
    byte[] body = Envelope.write(ID, "customer.status.updated", 40, OCCURRED_AT, DATA);

    assertThat(body)
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(
            "{\"id\":\"af1edcbb-4622-4653-8ee1-4cb9b2d242bd\",\"event\":\"customer.status.updated\","
                + "\"company_id\":40,\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":{\"a\":1}}");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void random_envelopes_match_string_concatenation(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      var id = new UUID(random.nextLong(), random.nextLong());
      long companyId = random.nextLong(1L << random.nextInt(1, 63));
      Instant occurredAt =
          Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));

      assertThat(Envelope.write(id, "job.Deleted", companyId, occurredAt, DATA))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo(
              "{\"id\":\""
                  + id
                  + "\",\"event\":\"job.Deleted\",\"company_id\":"
                  + companyId
                  + ",\"timestamp\":\""
                  + WireTimestamp.format(occurredAt)
                  + "\",\"data\":{\"a\":1}}");
    }
  }

  @Test
  void smallest_and_largest_company_id_are_written() {
    assertThat(Envelope.write(ID, "customer.created", Long.MAX_VALUE, OCCURRED_AT, DATA))
        .asString(StandardCharsets.US_ASCII)
        .contains("\"company_id\":9223372036854775807,");
    assertThat(Envelope.write(ID, "customer.created", 0, OCCURRED_AT, DATA))
        .asString(StandardCharsets.US_ASCII)
        .contains("\"company_id\":0,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a b", "customer.cr\u00e9ated", "a\u0000"})
  void event_name_that_needs_escaping_is_rejected(String name) {
    assertThatThrownBy(() -> Envelope.write(ID, name, 40, OCCURRED_AT, DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
  }

  @Test
  void negative_company_id_is_rejected() {
    assertThatThrownBy(() -> Envelope.write(ID, "customer.created", -1, OCCURRED_AT, DATA))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
