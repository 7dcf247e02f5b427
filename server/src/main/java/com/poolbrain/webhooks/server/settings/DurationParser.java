package com.poolbrain.webhooks.server.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parser of durations such as `500ms`, `10s`, `5m`, `2h` and `30d`.
final class DurationParser {

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationParser() {}

  private static Duration parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a duration such as 500ms, 10s, 5m, 2h or 30d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /// @throws IllegalArgumentException if the text is no duration from `min` to `max`
  static Duration parse(String text, String min, String max) {
    Duration duration = parse(text);
    if (duration.compareTo(parse(min)) < 0 || duration.compareTo(parse(max)) > 0) {
      throw new IllegalArgumentException("must be from " + min + " to " + max);
    }
    return duration;
  }
}
