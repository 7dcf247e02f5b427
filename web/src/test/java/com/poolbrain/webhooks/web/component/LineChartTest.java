package com.poolbrain.webhooks.web.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.web.component.ChartView.Kind;
import com.poolbrain.webhooks.web.component.ChartView.Line;
import com.poolbrain.webhooks.web.component.ChartView.Series;
import com.poolbrain.webhooks.web.component.ChartView.Time;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LineChartTest {

  private static final double NOTHING = -1;

  /// One line through these durations.
  private static ChartView chart(double... millis) {
    List<LineChart.Durations> durations =
        DoubleStream.of(millis)
            .mapToObj(one ->
                new LineChart.Durations(
                    new Time("at " + (int) one, "/log"), List.of(duration(one))))
            .toList();
    return LineChart.of(
        "id",
        "Response time",
        List.of(new Kind("p95", "l2")),
        List.of(duration(millis[0])),
        durations,
        one -> (int) one + " ms",
        List.of("11:00", "12:00"));
  }

  private static OptionalDouble duration(double millis) {
    return millis == NOTHING ? OptionalDouble.empty() : OptionalDouble.of(millis);
  }

  @Test
  void line_goes_through_the_middle_of_each_column() {
    assertThat(chart(100, 200, 0, 50).lines())
        .containsExactly(new Line("l2", "M12.50 50.00L37.50 0.00L62.50 100.00L87.50 75.00"));
  }

  @Test
  void line_has_a_gap_where_nothing_was_measured() {
    assertThat(chart(100, 200, NOTHING, 50).lines())
        .containsExactly(new Line("l2", "M12.50 50.00L37.50 0.00M86.90 75.00L88.10 75.00"));
  }

  @Test
  void columns_say_what_was_measured_and_lead_to_the_log() {
    ChartView chart = chart(86, NOTHING);
    assertThat(chart.columns())
        .extracting(ChartView.Column::text)
        .containsExactly("at 86: p95 86 ms", "at -1: none");
    assertThat(chart.columns()).extracting(ChartView.Column::href).containsOnly("/log");
    assertThat(chart.columns().getLast().x()).isEqualTo(50);
    assertThat(chart.series()).containsExactly(new Series("p95", "l2", "86 ms", true));
  }

  @Test
  void chart_without_responses_is_empty() {
    ChartView chart = chart(NOTHING, NOTHING);
    assertThat(chart.isEmpty()).isTrue();
    assertThat(chart.series().getFirst().total()).isEqualTo("–");
    assertThat(chart(5).isEmpty()).isFalse();
  }
}
