package com.poolbrain.webhooks.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A point in time as an option: an RFC 3339 time, or how long ago.
public final class PointInTime {

  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private PointInTime() {}

  /// The time that a text stands for: `2026-02-13T06:42:24Z`, or `2h` for two hours ago.
  ///
  /// @throws CommandException if it stands for none
  public static Instant parse(String option, String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      Duration unit = Objects.requireNonNull(UNITS.get(ago.group(2)));
      return Instant.now().minus(unit.multipliedBy(Long.parseLong(ago.group(1))));
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw CommandException.usageError(
          option + " is no time: write 2026-02-13T06:42:24Z, or 2h for two hours ago.");
    }
  }
}
