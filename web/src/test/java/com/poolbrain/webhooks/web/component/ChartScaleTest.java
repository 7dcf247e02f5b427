package com.poolbrain.webhooks.web.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartScaleTest {

  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "0.4, 2",
    "1, 2",
    "2, 2",
    "3, 3",
    "7, 8",
    "9, 10",
    "10, 10",
    "11, 15",
    "16, 20",
    "100, 100",
    "132, 150",
    "201, 300",
    "987654, 1000000"
  })
  void top_is_the_next_number_that_is_easy_to_read(double highest, double top) {
    assertThat(ChartScale.upTo(highest).top()).isEqualTo(top);
  }

  @Test
  void height_is_the_part_of_the_top() {
    ChartScale scale = ChartScale.upTo(190);
    assertThat(scale.height(0)).isZero();
    assertThat(scale.height(50)).isEqualTo(25);
    assertThat(scale.height(200)).isEqualTo(100);
  }

  @Test
  void labels_of_counts_have_no_half() {
    assertThat(ChartScale.upTo(1_999).countLabels()).isEqualTo(List.of("2,000", "1,000", "0"));
    assertThat(ChartScale.upTo(5).countLabels()).isEqualTo(List.of("5", "", "0"));
  }

  @ParameterizedTest
  @CsvSource({"90, 100 ms, 50 ms", "4.2, 5 ms, 2.5 ms", "1400, 1.5 s, 750 ms", "4200, 5 s, 2.5 s"})
  void labels_of_durations_have_their_unit(double highest, String top, String middle) {
    assertThat(ChartScale.upTo(highest).durationLabels()).isEqualTo(List.of(top, middle, "0"));
  }
}
