package com.poolbrain.webhooks.domain.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Statistics of a window.
///
/// @param from start of the first bucket
/// @param to end of the last bucket, which is not in it
/// @param byResult attempts by status code, or by error class if no status was received
/// @param byEvent deliveries that ended, by the event name under which their endpoint gets it
/// @param responseTimes of all attempts that got a status
public record DeliveryStatistics(
    StatisticsWindow window,
    Instant from,
    Instant to,
    List<Bucket> buckets,
    Map<String, Long> byResult,
    Map<String, Long> byEvent,
    ResponseTimes responseTimes) {

  /// The deliveries that were accepted in a part of the window.
  public record Bucket(Instant start, DeliveryCounts counts, ResponseTimes responseTimes) {}
}
