package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimestampTest {

  private static final DateTimeFormatter JDK_FORMATTER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "2026-02-13T06:42:24.705Z, 2026-02-13T06:42:24.705000Z",
    "2026-02-13T06:42:24Z, 2026-02-13T06:42:24.000000Z",
    "2026-02-13T06:42:24.999999999Z, 2026-02-13T06:42:24.999999Z",
    "2024-02-29T23:59:59.000001Z, 2024-02-29T23:59:59.000001Z",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500000Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void format_always_has_six_fraction_digits(Instant instant, String text) {
    assertThat(WireTimestamp.format(instant)).isEqualTo(text);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void format_matches_the_jdk_formatter(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-62_167_219_200L, 253_402_300_800L), random.nextInt(1_000_000_000));

      assertThat(WireTimestamp.format(instant)).isEqualTo(JDK_FORMATTER.format(instant));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-13T06:42:24Z, 2026-02-13T06:42:24Z",
    "2026-02-13t06:42:24z, 2026-02-13T06:42:24Z",
    "2026-02-13T08:42:24.7050001+02:00, 2026-02-13T06:42:24.705Z",
    "2026-02-13T06:42:24.123456789-00:00, 2026-02-13T06:42:24.123456Z"
  })
  void parse_accepts_rfc_3339(String text, Instant instant) {
    assertThat(WireTimestamp.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-30T23:59:60Z, 2026-06-30T23:59:59.999999Z",
    "2016-12-31T23:59:60.5Z, 2016-12-31T23:59:59.999999Z",
    "2016-12-31t23:59:60z, 2016-12-31T23:59:59.999999Z",
    "2024-02-29T23:59:60Z, 2024-02-29T23:59:59.999999Z",
    "2016-12-31T15:59:60.123456789-08:00, 2016-12-31T23:59:59.999999Z",
    "2017-01-01T05:29:60+05:30, 2016-12-31T23:59:59.999999Z"
  })
  void leap_second_becomes_the_microsecond_before_it(String text, Instant instant) {
    assertThat(WireTimestamp.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06-30T23:58:60Z",
        "2026-06-30T22:59:60Z",
        "2026-06-29T23:59:60Z",
        "2026-06-30T23:59:60+01:00",
        "2026-06-30T23:59:61Z",
        "2026-02-30T23:59:60Z",
        "",
        "2026-02-13",
        "2026-02-13T06:42Z",
        "2026-02-13T06:42:24",
        "2026-02-13 06:42:24Z",
        "2026-02-30T06:42:24Z",
        "2026-02-13T25:42:24Z",
        "+30000-01-01T00:00:00Z",
        "30000-01-01T00:00:00Z",
        "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "1770000000",
        "2026-02-13T06:42:24.Z",
        "2026-02-13T06:42:24.1234567890Z",
        "٢٠٢٦-02-13T06:42:24Z"
      })
  void parse_rejects_other_text_with_an_example(String text) {
    assertThatThrownBy(() -> WireTimestamp.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches(".*2026-02-13T06:42:24.705000Z.*|The year must be one of 0000 to 9999\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
  void format_rejects_years_of_more_than_four_digits(Instant instant) {
    assertThatThrownBy(() -> WireTimestamp.format(instant))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("year");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void fast_path_parses_like_the_jdk(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      String text = randomTimestamp(random);
      assertThat(parseResult(() -> WireTimestamp.parse(text)))
          .as(text)
          .isEqualTo(
              parseResult(() ->
                  OffsetDateTime.parse(text.toUpperCase(Locale.ROOT))
                      .toInstant()
                      .truncatedTo(ChronoUnit.MICROS)));
    }
  }

  /// A time of any of the allowed forms, or one with a number that is out of range.
  private static String randomTimestamp(SplittableRandom random) {
    String fraction = "." + random.nextInt(100_000_000, 1_000_000_000);
    int digits = random.nextInt(10);
    return "%04d-%02d-%02dT%02d:%02d:%02d%s%s"
        .formatted(
            random.nextInt(1, 9_998),
            random.nextInt(14),
            random.nextInt(33),
            random.nextInt(26),
            random.nextInt(61),
            random.nextInt(61),
            digits == 0 ? "" : fraction.substring(0, digits + 1),
            random.nextInt(4) == 0 ? "+02:30" : "Z");
  }

  private static String parseResult(Supplier<Instant> parsing) {
    try {
      return parsing.get().toString();
    } catch (IllegalArgumentException | DateTimeException refused) {
      return "refused";
    }
  }
}
