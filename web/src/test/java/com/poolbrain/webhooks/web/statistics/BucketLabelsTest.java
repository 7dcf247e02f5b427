package com.poolbrain.webhooks.web.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketLabelsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T11:26:08Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HOUR | Z | 10:30 to 10:35 | 10:30, 10:45, 11:00, 11:15, 11:30",
        "DAY | Z | 12:00 to 13:00 | 12:00, 18:00, 00:00, 06:00, 12:00",
        "WEEK | Z | 17 Nov 12:00 to 13:00 | 17 Nov 12:00, 21 Nov 00:00, 24 Nov 12:00",
        "MONTH | Z | 26 Oct | 26 Oct, 5 Nov, 15 Nov, 25 Nov",
        "DAY | Asia/Kolkata | 17:30 to 18:30 | 17:30, 23:30, 05:30, 11:30, 17:30",
        "MONTH | Asia/Tokyo | 26 Oct 09:00 to 27 Oct 09:00 | 26 Oct, 5 Nov, 15 Nov, 25 Nov"
      })
  void times_of_buckets_are_those_of_the_zone(
      StatisticsWindow window, String zone, String first, String axis) {
    var labels = new BucketLabels(window, new Times(NOW, ZoneId.of(zone)));
    assertThat(labels.of(window.start(NOW))).isEqualTo(first);
    assertThat(String.join(", ", labels.axis(window.start(NOW)))).isEqualTo(axis);
  }
}
