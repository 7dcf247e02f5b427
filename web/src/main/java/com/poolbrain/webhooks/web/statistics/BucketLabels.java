package com.poolbrain.webhooks.web.statistics;

import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The times of buckets in words.
record BucketLabels(StatisticsWindow window, Times times) {

  private static final DateTimeFormatter CLOCK = formatter("HH:mm");
  private static final DateTimeFormatter DAY = formatter("d MMM");
  private static final DateTimeFormatter DAY_AND_CLOCK = formatter("d MMM HH:mm");

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /// The time of a bucket.
  String of(Instant start) {
    Instant end = start.plus(window.bucketLength());
    return switch (window) {
      case HOUR, DAY -> format(CLOCK, start) + " to " + format(CLOCK, end);
      case WEEK -> format(DAY_AND_CLOCK, start) + " to " + format(CLOCK, end);
      case MONTH ->
          times.isUtc()
              ? format(DAY, start)
              : format(DAY_AND_CLOCK, start) + " to " + format(DAY_AND_CLOCK, end);
    };
  }

  /// The labels of the horizontal axis, at equal distances from the first bucket to the last.
  List<String> axis(Instant from) {
    DateTimeFormatter formatter =
        switch (window) {
          case HOUR, DAY -> CLOCK;
          case WEEK -> DAY_AND_CLOCK;
          case MONTH -> DAY;
        };
    int parts =
        switch (window) {
          case HOUR, DAY -> 4;
          case WEEK -> 2;
          case MONTH -> 3;
        };
    return IntStream.rangeClosed(0, parts)
        .mapToObj(
            i -> from.plus(window.bucketLength().multipliedBy((long) window.buckets() * i / parts)))
        .map(at -> format(formatter, at))
        .toList();
  }

  private String format(DateTimeFormatter formatter, Instant at) {
    return formatter.format(at.atZone(times.zone()));
  }
}
