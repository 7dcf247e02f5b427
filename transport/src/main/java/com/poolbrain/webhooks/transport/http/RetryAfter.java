package com.poolbrain.webhooks.transport.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The value of a `Retry-After` header (RFC 9110, 10.2.3).
final class RetryAfter {

  /// The longest wait that is understood; nobody waits for so long anyway.
  private static final Duration MAX_DELAY = Duration.ofDays(365);

  private RetryAfter() {}

  /// How long it asks to wait from now on, or null if it says nothing that can be read.
  static @Nullable Duration parseDelay(String value, Instant now) {
    String text = value.strip();
    if (text.matches("[0-9]+")) {
      Duration requested = text.length() > 9 ? MAX_DELAY : Duration.ofSeconds(Long.parseLong(text));
      return requested.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : requested;
    }
    for (DateTimeFormatter format : httpDateFormats(now)) {
      Instant date = parseDate(text, format);
      if (date != null) {
        Duration until = Duration.between(now, date);
        return until.isNegative()
            ? Duration.ZERO
            : until.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : until;
      }
    }
    return null;
  }

  private static @Nullable Instant parseDate(String text, DateTimeFormatter format) {
    try {
      return format.parse(text, Instant::from);
    } catch (DateTimeException anotherForm) {
      return null;
    }
  }

  /// The three forms of an HTTP-date (RFC 9110, 5.6.7).
  private static List<DateTimeFormatter> httpDateFormats(Instant now) {
    DateTimeFormatterBuilder rfc850 =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            // A date that seems more than 50 years ahead is one of the past century.
            .appendValueReduced(ChronoField.YEAR, 2, 2, now.atZone(ZoneOffset.UTC).getYear() - 49)
            .appendPattern(" HH:mm:ss 'GMT'");
    return List.of(
        format("EEE, dd MMM yyyy HH:mm:ss 'GMT'"),
        rfc850.toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC),
        format("EEE MMM ppd HH:mm:ss yyyy"));
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
