package com.poolbrain.webhooks.web.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.web.component.SparkView.Hour;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkViewTest {

  @Test
  void failed_attempts_stand_on_what_was_delivered() {
    SparkView spark = SparkView.of(List.of(new Hour(6, 5, 0, 0), new Hour(0, 0, 0, 0)));
    assertThat(spark.okPath()).isEqualTo("M0 24.0h3v-12.0h-3z");
    assertThat(spark.badPath()).isEqualTo("M0 12.0h3v-10.0h-3z");
    assertThat(spark.nonePath()).isEqualTo("M5 24.0h3v-1.0h-3z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | 0 | 0 | nothing was sent | none",
        "1432 | 0 | 0 | 0 | 1,432 delivered | 1,432",
        "389 | 13 | 0 | 0 | 389 delivered, 13 attempts failed | 389",
        "512 | 148 | 37 | 0 | 512 delivered, 148 attempts failed, 37 permanently failed | 37 failed",
        "0 | 0 | 0 | 604 | 604 skipped | 604 skipped",
        "0 | 4 | 0 | 0 | 4 attempts failed | 0"
      })
  void numbers_are_said_in_words(
      long delivered, long failedAttempts, long failed, long skipped, String text, String note) {
    SparkView spark = SparkView.of(List.of(new Hour(delivered, failedAttempts, failed, skipped)));
    assertThat(spark.text()).isEqualTo("Last 24 hours: " + text);
    assertThat(spark.note()).isEqualTo(note);
  }
}
