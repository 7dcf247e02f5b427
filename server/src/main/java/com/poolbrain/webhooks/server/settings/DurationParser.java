package com.poolbrain.webhooks.server.settings;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them in settings: `500ms`, `10s`, `5m`, `2h`, `30d`.
final class DurationParser {

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationParser() {}

  /// @throws IllegalArgumentException if it is none
  static Duration parse(String text) {
    Matcher matcher = PATTERN.matcher(text.strip());
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

  /// @throws IllegalArgumentException if it is none between `least` and `most`
  static Duration parse(String text, String min, String max) {
    Duration duration = parse(text);
    if (duration.compareTo(parse(min)) < 0 || duration.compareTo(parse(max)) > 0) {
      throw new IllegalArgumentException("must be from " + min + " to " + max);
    }
    return duration;
  }

  /// A list of positive durations, separated by commas.
  static List<Duration> parseList(String text) {
    return List.of(text.split(",", -1)).stream()
        .map(element -> parse(element, "1ms", "30d"))
        .toList();
  }
}
