package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics;
import com.poolbrain.webhooks.domain.statistics.ResponseTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Statistics as the API shows them.
record StatisticsView(
    String window,
    Instant from,
    Instant to,
    List<BucketView> buckets,
    Map<String, Long> byResult,
    Map<String, Long> byEvent,
    PercentilesView responseTimeMs) {

  static StatisticsView of(DeliveryStatistics statistics) {
    ResponseTimes times = statistics.responseTimes();
    return new StatisticsView(
        statistics.window().wireName(),
        statistics.from(),
        statistics.to(),
        statistics.buckets().stream().map(BucketView::of).toList(),
        statistics.byResult(),
        statistics.byEvent(),
        new PercentilesView(
            times.percentileMillis(0.5),
            times.percentileMillis(0.95),
            times.percentileMillis(0.99)));
  }

  /// The deliveries that were accepted in a part of the window.
  record BucketView(
      Instant start,
      long delivered,
      long afterRetry,
      long failedAttempts,
      long permanentlyFailed,
      long skipped,
      long items,
      PercentilesView responseTimeMs) {

    static BucketView of(DeliveryStatistics.Bucket bucket) {
      return new BucketView(
          bucket.start(),
          bucket.counts().delivered(),
          bucket.counts().afterRetry(),
          bucket.counts().failedAttempts(),
          bucket.counts().permanentlyFailed(),
          bucket.counts().skipped(),
          bucket.counts().items(),
          new PercentilesView(
              bucket.responseTimes().percentileMillis(0.5),
              bucket.responseTimes().percentileMillis(0.95),
              null));
    }
  }

  /// Percentiles of response times, absent without responses.
  record PercentilesView(@Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {}
}
