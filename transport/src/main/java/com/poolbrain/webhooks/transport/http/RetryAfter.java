package com.poolbrain.webhooks.transport.http;

import io.netty.handler.codec.DateFormatter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/// The value of a `Retry-After` header (RFC 9110, 10.2.3): seconds or an HTTP-date.
final class RetryAfter {

  private static final Duration MAX_DELAY = Duration.ofDays(365);

  private RetryAfter() {}

  /// The requested delay from now on, at most 365 days; null if the value is invalid.
  static @Nullable Duration parseDelay(String value, Instant now) {
    String text = value.strip();
    if (text.matches("[0-9]+")) {
      return text.length() > 9 ? MAX_DELAY : limited(Duration.ofSeconds(Long.parseLong(text)));
    }
    Date date = DateFormatter.parseHttpDate(text);
    return date == null || !namesWeekdayOf(date, text)
        ? null
        : limited(Duration.between(now, date.toInstant()));
  }

  /// Netty ignores the weekday. A wrong one means that the date can't be trusted.
  private static boolean namesWeekdayOf(Date date, String text) {
    return text.regionMatches(true, 0, DateFormatter.format(date), 0, 3);
  }

  private static Duration limited(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
  }
}
