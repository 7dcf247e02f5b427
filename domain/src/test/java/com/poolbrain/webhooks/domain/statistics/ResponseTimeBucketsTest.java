package com.poolbrain.webhooks.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ResponseTimeBucketsTest {

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }

  @Test
  void percentile_differs_from_each_time_of_its_bucket_by_less_than_the_stated_error() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long micros = 100 + (long) Math.pow(10, 2 + random.nextDouble() * 6);
      Map<Integer, Long> one = Map.of(ResponseTimeBuckets.indexOf(micros(micros)), 1L);

      assertThat(ResponseTimeBuckets.percentileMillis(one, 0.5))
          .as("%d µs", micros)
          .isCloseTo(micros / 1_000.0, Percentage.withPercentage(9.1 + 5_000.0 / micros));
    }
  }

  @Test
  void buckets_ascend_with_the_time() {
    int last = -1;
    for (long micros = 1; micros < 100_000; micros++) {
      int index = ResponseTimeBuckets.indexOf(micros(micros));
      assertThat(index).isGreaterThanOrEqualTo(last);
      last = index;
    }
    assertThat(ResponseTimeBuckets.indexOf(Duration.ZERO)).isZero();
    assertThat(ResponseTimeBuckets.indexOf(Duration.ofDays(1)))
        .isEqualTo(ResponseTimeBuckets.COUNT - 1);
  }

  @Test
  void percentile_is_the_time_below_which_that_part_lies() {
    Map<Integer, Long> counts = new TreeMap<>();
    for (int millis = 1; millis <= 1_000; millis++) {
      counts.merge(ResponseTimeBuckets.indexOf(Duration.ofMillis(millis)), 1L, Long::sum);
    }
    for (double part : new double[] {0.5, 0.95, 0.99}) {
      assertThat(ResponseTimeBuckets.percentileMillis(counts, part))
          .isCloseTo(part * 1_000, within(part * 1_000 * 0.091 + 1));
    }
    assertThat(ResponseTimeBuckets.percentileMillis(Map.of(), 0.5)).isNull();
  }
}
