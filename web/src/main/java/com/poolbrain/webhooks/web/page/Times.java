package com.poolbrain.webhooks.web.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How a page shows times: relative to the time of the server, absolute in a zone.
///
/// @param now the time of the server when the page was made
/// @param zone UTC, or the zone that the user chose
public record Times(Instant now, ZoneId zone) {

  private static final DateTimeFormatter ABSOLUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK_SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ENGLISH);

  /// Whether times are shown in UTC.
  public boolean isUtc() {
    return zone.equals(ZoneOffset.UTC);
  }

  /// The zone in words.
  public String zoneName() {
    return isUtc() ? "UTC" : zone.getId();
  }

  /// For the `datetime` of an element.
  public String machine(Instant at) {
    return DateTimeFormatter.ISO_INSTANT.format(at);
  }

  /// For the value of a field of type `datetime-local`: the minute in the zone.
  public String local(Instant at) {
    return LOCAL.format(at.atZone(zone));
  }

  /// Day and time with seconds, and the zone.
  public String absolute(Instant at) {
    return ABSOLUTE.format(at.atZone(zone)) + " " + zoneName();
  }

  /// The day.
  public String date(Instant at) {
    return DATE.format(at.atZone(zone));
  }

  /// The time of the day with seconds.
  public String clock(Instant at) {
    return CLOCK_SECONDS.format(at.atZone(zone));
  }

  /// `12 s ago`, `in 3 min`; the date if it is more than a day away.
  public String relative(Instant at) {
    Duration distance = Duration.between(at, now);
    if (distance.abs().compareTo(Duration.ofDays(1)) >= 0) {
      return date(at);
    }
    String amount = amount(distance.abs());
    if (distance.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    return distance.isNegative() ? "in " + amount : amount + " ago";
  }

  /// A span in one unit: `12 s`, `3 min`, `2 h`.
  public static String amount(Duration distance) {
    if (distance.compareTo(Duration.ofMinutes(1)) < 0) {
      return distance.toSeconds() + " s";
    }
    return distance.compareTo(Duration.ofHours(1)) < 0
        ? distance.toMinutes() + " min"
        : distance.toHours() + " h";
  }

  /// The time of the day if it is within a day, else the date: `since 10:02`.
  public String since(Instant at) {
    return Duration.between(at, now).compareTo(Duration.ofDays(1)) < 0
        ? CLOCK.format(at.atZone(zone))
        : date(at);
  }

  /// What is left of a span: `2:58`, `23 h 14 min`, `now`.
  public String countdown(Instant at) {
    long seconds = Math.max(0, Duration.between(now, at).toSeconds());
    if (seconds == 0) {
      return "now";
    }
    if (seconds >= 3600) {
      return "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
    }
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  /// A duration in words: `84 ms`, `1.24 s`.
  public static String duration(long millis) {
    return millis < 1_000
        ? millis + " ms"
        : String.format(Locale.ENGLISH, "%.2f s", millis / 1_000.0);
  }

  /// A delay in words: `500 ms`, `10 s`, `5 min`, `2 h`, `30 days`.
  public static String delay(Duration delay) {
    if (delay.toDays() > 1 && delay.equals(Duration.ofDays(delay.toDays()))) {
      return delay.toDays() + " days";
    }
    if (delay.toHours() > 0 && delay.equals(Duration.ofHours(delay.toHours()))) {
      return delay.toHours() + " h";
    }
    if (delay.toMinutes() > 0 && delay.equals(Duration.ofMinutes(delay.toMinutes()))) {
      return delay.toMinutes() + " min";
    }
    return delay.toSeconds() > 0 && delay.equals(Duration.ofSeconds(delay.toSeconds()))
        ? delay.toSeconds() + " s"
        : delay.toMillis() + " ms";
  }
}
