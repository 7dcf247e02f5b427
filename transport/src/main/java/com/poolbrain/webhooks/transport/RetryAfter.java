package com.poolbrain.webhooks.transport;

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
  private static final Duration MOST = Duration.ofDays(365);

  private RetryAfter() {}

  /// How long it asks to wait from now on, or null if it says nothing that can be read.
  static @Nullable Duration wait(String value, Instant now) {
    String text = value.strip();
    if (text.matches("[0-9]+")) {
      Duration asked = text.length() > 9 ? MOST : Duration.ofSeconds(Long.parseLong(text));
      return asked.compareTo(MOST) > 0 ? MOST : asked;
    }
    for (DateTimeFormatter form : forms(now)) {
      Instant date = date(text, form);
      if (date != null) {
        Duration until = Duration.between(now, date);
        return until.isNegative() ? Duration.ZERO : until.compareTo(MOST) > 0 ? MOST : until;
      }
    }
    return null;
  }

  private static @Nullable Instant date(String text, DateTimeFormatter form) {
    try {
      return form.parse(text, Instant::from);
    } catch (DateTimeException anotherForm) {
      return null;
    }
  }

  /// The three forms of an HTTP-date (RFC 9110, 5.6.7).
  private static List<DateTimeFormatter> forms(Instant now) {
    DateTimeFormatterBuilder rfc850 =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            // A date that seems more than 50 years ahead is one of the past century.
            .appendValueReduced(ChronoField.YEAR, 2, 2, now.atZone(ZoneOffset.UTC).getYear() - 49)
            .appendPattern(" HH:mm:ss 'GMT'");
    return List.of(
        form("EEE, dd MMM yyyy HH:mm:ss 'GMT'"),
        rfc850.toFormatter(Locale.ENGLISH).withZone(ZoneOffset.UTC),
        form("EEE MMM ppd HH:mm:ss yyyy"));
  }

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
