package com.poolbrain.webhooks.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-02-13T06:42:24Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "120 | 120",
        "' 7 ' | 7",
        "007 | 7",
        "31536000 | 31536000",
        "99999999 | 31536000",
        "99999999999999999999999999 | 31536000",
        "Fri, 13 Feb 2026 06:44:24 GMT | 120",
        "Friday, 13-Feb-26 06:44:24 GMT | 120",
        "Fri Feb 13 06:44:24 2026 | 120",
        "Sun Mar  1 06:42:24 2026 | 1382400",
        "Fri, 13 Feb 2026 06:00:00 GMT | 0",
        "Fri, 04 Sep 2026 06:42:24 GMT | 17539200",
        "Sunday, 06-Nov-94 08:49:37 GMT | 0",
        "Fri, 31 Dec 9999 23:59:59 GMT | 31536000",
      })
  void retry_after_value_is_parsed_to_a_delay(String value, long seconds) {
    assertThat(RetryAfter.parseDelay(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-1",
        "1.5",
        "1 s",
        "+1",
        "٣",
        "Fri, 13 Feb 2026",
        "Mon, 13 Feb 2026 06:44:24 GMT",
        "Fri, 32 Feb 2026 06:44:24 GMT",
        "2026-02-13T06:44:24Z"
      })
  void invalid_retry_after_value_is_ignored(String value) {
    assertThat(RetryAfter.parseDelay(value, NOW)).isNull();
  }
}
