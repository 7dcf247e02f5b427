package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Duration;
import java.util.List;

/// What the running service promises to consumers, in words: from its settings, so that no page can
/// say something else.
///
/// @param schedule of retries
/// @param attemptTimeout of an endpoint without one of its own
/// @param endpointConcurrency of an endpoint without one of its own
public record DeliveryPromise(
    RetrySchedule schedule, Duration attemptTimeout, int endpointConcurrency) {

  /// When a failed delivery is sent again: `after about 5 min, 10 min and 30 min`.
  String retries() {
    List<String> delays = schedule.delays().stream().map(Times::delay).toList();
    if (delays.isEmpty()) {
      return "never";
    }
    String last = delays.getLast();
    return delays.size() == 1
        ? "after about " + last
        : "after about " + String.join(", ", delays.subList(0, delays.size() - 1)) + " and " + last;
  }

  String timeout() {
    return Times.delay(attemptTimeout);
  }

  String concurrency() {
    return Integer.toString(endpointConcurrency);
  }
}
