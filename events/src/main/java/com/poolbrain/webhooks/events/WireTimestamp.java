package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Timestamps of envelopes: RFC 3339 in UTC with six fraction digits and `Z`, as in
/// `2026-02-13T06:42:24.705000Z`. The length is fixed because Python's `%f` can't read a timestamp
/// without a fraction.
public final class WireTimestamp {

  /// Characters of a timestamp.
  public static final int LENGTH = 27;

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
  private static final int SECOND_INDEX = 17;
  private static final String LEAP_SECOND = "60";
  private static final int[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long FIRST_SECOND = -62_167_219_200L; // 0000-01-01T00:00:00Z
  private static final long LAST_SECOND = 253_402_300_799L; // 9999-12-31T23:59:59Z

  private WireTimestamp() {}

  /// Writes a timestamp. Fractions of a microsecond are cut off.
  ///
  /// @throws IllegalArgumentException if the year is not one of 0000 to 9999
  public static String format(Instant instant) {
    byte[] text = new byte[LENGTH];
    write(instant, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /// Reads any RFC 3339 date and time with a zone. Fractions of a microsecond are cut off. A leap
  /// second, `23:59:60` at the end of a month in UTC, becomes `23:59:59.999999`.
  ///
  /// @throws IllegalArgumentException if the text is something else; the message says what to write
  public static Instant parse(String text) {
    Instant utc = parseUtc(text);
    return utc == null ? parseAny(text) : utc;
  }

  /// Fast path for the common form, which ends in `Z`. Returns null for any other form.
  private static @Nullable Instant parseUtc(String text) {
    int length = text.length();
    boolean hasUtcShape =
        length >= 20
            && length <= 30
            && length != 21
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (length == 20 || text.charAt(19) == '.')
            && text.charAt(length - 1) == 'Z';
    if (!hasUtcShape) {
      return null;
    }
    int year = parseDigits(text, 0, 4);
    int month = parseDigits(text, 5, 7);
    int day = parseDigits(text, 8, 10);
    int hour = parseDigits(text, 11, 13);
    int minute = parseDigits(text, 14, 16);
    int second = parseDigits(text, 17, 19);
    int fraction = length == 20 ? 0 : parseDigits(text, 20, length - 1);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > Month.of(month).minLength()) {
      return null;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return null;
    }
    if (fraction < 0) {
      return null;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    int nanos = length == 20 ? 0 : fraction * POWERS_OF_TEN[30 - length];
    return Instant.ofEpochSecond(
        days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second, nanos - nanos % 1_000);
  }

  /// The number from index `from` to before `to`; -1 if there is a character that is no digit.
  private static int parseDigits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static Instant parseAny(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "This is not an RFC 3339 time with a zone; write it like 2026-02-13T06:42:24.705000Z.");
    }
    try {
      Instant instant =
          text.startsWith(LEAP_SECOND, SECOND_INDEX)
              ? parseLeapSecond(text)
              : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
      requireFourDigitYear(instant);
      return instant;
    } catch (DateTimeException notADate) {
      throw new IllegalArgumentException(
          "There is no such date or time; write it like 2026-02-13T06:42:24.705000Z.", notADate);
    }
  }

  /// A leap second comes last in a month of UTC. [Instant] has none, so it becomes the microsecond
  /// before it.
  private static Instant parseLeapSecond(String text) {
    String previousSecond =
        text.substring(0, SECOND_INDEX) + "59" + text.substring(SECOND_INDEX + 2);
    OffsetDateTime utc = OffsetDateTime.parse(previousSecond).withOffsetSameInstant(ZoneOffset.UTC);
    boolean isEndOfMonth =
        utc.getHour() == 23
            && utc.getMinute() == 59
            && utc.getDayOfMonth() == utc.toLocalDate().lengthOfMonth();
    if (!isEndOfMonth) {
      throw new DateTimeException("no leap second");
    }
    return Instant.ofEpochSecond(utc.toEpochSecond(), 999_999_000);
  }

  /// Writes a timestamp without allocation; runs once for every attempt.
  static void write(Instant instant, byte[] target, int offset) {
    requireFourDigitYear(instant);
    long day = Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY);
    int second = Math.floorMod(instant.getEpochSecond(), (int) SECONDS_PER_DAY);
    writeDate(day, target, offset);
    target[offset + 10] = 'T';
    writeDigits(second / 3600, 2, target, offset + 11);
    target[offset + 13] = ':';
    writeDigits(second / 60 % 60, 2, target, offset + 14);
    target[offset + 16] = ':';
    writeDigits(second % 60, 2, target, offset + 17);
    target[offset + 19] = '.';
    writeDigits(instant.getNano() / 1000, 6, target, offset + 20);
    target[offset + 26] = 'Z';
  }

  /// Converts days since 1970 to a date. Years are counted from March, so that the leap day is the
  /// last day of its year (Howard Hinnant, "chrono-compatible low-level date algorithms").
  private static void writeDate(long epochDay, byte[] target, int offset) {
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    long dayOfEra = shifted - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long marchMonth = (5 * dayOfYear + 2) / 153;
    int day = (int) (dayOfYear - (153 * marchMonth + 2) / 5 + 1);
    int month = (int) (marchMonth < 10 ? marchMonth + 3 : marchMonth - 9);
    int year = (int) (era * 400 + yearOfEra + (month <= 2 ? 1 : 0));
    writeDigits(year, 4, target, offset);
    target[offset + 4] = '-';
    writeDigits(month, 2, target, offset + 5);
    target[offset + 7] = '-';
    writeDigits(day, 2, target, offset + 8);
  }

  private static void writeDigits(int value, int count, byte[] target, int offset) {
    int remaining = value;
    for (int i = offset + count - 1; i >= offset; i--) {
      target[i] = (byte) ('0' + remaining % 10);
      remaining /= 10;
    }
  }

  private static void requireFourDigitYear(Instant instant) {
    if (instant.getEpochSecond() < FIRST_SECOND || instant.getEpochSecond() > LAST_SECOND) {
      throw new IllegalArgumentException("The year must be one of 0000 to 9999.");
    }
  }
}
