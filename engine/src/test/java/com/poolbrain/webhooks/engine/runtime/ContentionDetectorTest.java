package com.poolbrain.webhooks.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ContentionDetectorTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long COMPANY = 1;
  private static final long OTHER_COMPANY = 2;

  private final ContentionDetector detector = new ContentionDetector();

  @Test
  void single_company_is_no_contention() {
    detector.recordActivity(COMPANY, 0);
    detector.recordActivity(COMPANY, 5);

    assertThat(detector.isContended(5)).isFalse();
  }

  @Test
  void contention_ends_after_a_second() {
    detector.recordActivity(COMPANY, 0);
    detector.recordActivity(OTHER_COMPANY, 1);
    detector.recordActivity(OTHER_COMPANY, 10);

    assertThat(detector.isContended(SECOND)).isTrue();
    assertThat(detector.isContended(SECOND + 1)).isFalse();
  }

  @Test
  void activity_more_than_a_second_apart_is_no_contention() {
    detector.recordActivity(OTHER_COMPANY, 0);
    detector.recordActivity(COMPANY, SECOND);
    detector.recordActivity(COMPANY, SECOND + 1);

    assertThat(detector.isContended(SECOND + 1)).isFalse();
  }
}
