package com.poolbrain.webhooks.web.statistics;

import com.poolbrain.webhooks.domain.statistics.DeliveryCounts;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics.Bucket;
import com.poolbrain.webhooks.domain.statistics.ResponseTimeBuckets;
import com.poolbrain.webhooks.domain.statistics.ResponseTimes;
import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// The statistics of an invented day, for the styleguide.
public final class SampleStatistics {

  private static final Instant NOW = Instant.parse("2026-11-24T11:26:08Z");
  private static final int[] DELIVERED = {
    72, 66, 78, 92, 84, 62, 39, 28, 18, 11, 9, 8, 6, 8, 10, 18, 42, 97, 122, 132, 124, 116, 110, 80
  };
  private static final int[] AFTER_RETRY = {
    0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 3, 1
  };
  private static final int[] FAILED = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 6, 0, 0, 0
  };

  private SampleStatistics() {}

  /// The card of these statistics.
  public static StatisticsPanel panel() {
    return new StatisticsPanel(
        "#",
        StatisticsPanels.periods("", StatisticsWindow.DAY),
        new StatisticsCharts(
                statistics(),
                new LogLinks(new PagePaths("", 40), new UUID(0, 1)),
                new Times(NOW, ZoneOffset.UTC))
            .toPanel());
  }

  /// The numbers.
  static DeliveryStatistics statistics() {
    StatisticsWindow window = StatisticsWindow.DAY;
    Instant start = window.start(NOW);
    List<Bucket> buckets =
        IntStream.range(0, window.buckets())
            .mapToObj(i ->
                new Bucket(start.plus(window.bucketLength().multipliedBy(i)), counts(i), times(i)))
            .toList();
    return new DeliveryStatistics(
        window,
        start,
        window.end(NOW),
        buckets,
        Map.of("204", 1_400L, "200", 32L, "503", 49L, "response_timeout", 5L),
        Map.of(
            "customer.status.updated", 704L,
            "job.one_time.created", 421L,
            "customer.created", 210L,
            "job.one_time.deleted", 107L),
        buckets.stream()
            .map(Bucket::responseTimes)
            .reduce(ResponseTimes.NONE, ResponseTimes::plus));
  }

  private static DeliveryCounts counts(int hour) {
    return new DeliveryCounts(
        DELIVERED[hour],
        AFTER_RETRY[hour],
        AFTER_RETRY[hour] + 4L * FAILED[hour],
        FAILED[hour],
        hour == 12 ? 9 : 0,
        DELIVERED[hour] * 3L);
  }

  private static ResponseTimes times(int hour) {
    return new ResponseTimes(
        Map.of(
            ResponseTimeBuckets.indexOf(Duration.ofMillis(74 + hour)),
            9L * DELIVERED[hour],
            ResponseTimeBuckets.indexOf(Duration.ofMillis(166 + DELIVERED[hour])),
            (long) DELIVERED[hour]));
  }
}
