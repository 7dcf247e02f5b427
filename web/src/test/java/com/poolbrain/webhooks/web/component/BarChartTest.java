package com.poolbrain.webhooks.web.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.poolbrain.webhooks.web.component.ChartView.Kind;
import com.poolbrain.webhooks.web.component.ChartView.Part;
import com.poolbrain.webhooks.web.component.ChartView.Series;
import com.poolbrain.webhooks.web.component.ChartView.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {

  private static final List<Kind> KINDS =
      List.of(new Kind("delivered", "d1"), new Kind("failed", "dbad"));
  private static final List<String> AXIS = List.of("11:00", "13:00");

  private static BarChart.Counts counts(String time, long delivered, long failed) {
    return new BarChart.Counts(new Time(time, "/log?" + time), List.of(delivered, failed));
  }

  private static ChartView chart(BarChart.Counts... counts) {
    return BarChart.of("id", "Deliveries", KINDS, List.of(counts), AXIS);
  }

  @Test
  void bars_stack_the_counts_from_the_bottom() {
    ChartView chart = chart(counts("11:00", 60, 20), counts("12:00", 1_600, 0));
    assertThat(chart.scale()).containsExactly("2,000", "1,000", "0");
    assertThat(chart.columns().getFirst().parts())
        .containsExactly(new Part("d1", 97, 3), new Part("dbad", 96, 1));
    assertThat(chart.columns().getLast().parts()).containsExactly(new Part("d1", 20, 80));
  }

  @Test
  void columns_fill_the_width_and_lead_to_their_log() {
    ChartView chart = chart(counts("11:00", 1, 1), counts("12:00", 0, 0));
    assertThat(chart.columns())
        .extracting(ChartView.Column::x, ChartView.Column::width, ChartView.Column::href)
        .containsExactly(tuple(0.0, 50.0, "/log?11:00"), tuple(50.0, 50.0, "/log?12:00"));
    assertThat(chart.columns().getFirst().barX()).isEqualTo(7.5);
    assertThat(chart.columns().getFirst().barWidth()).isEqualTo(35);
  }

  @Test
  void text_of_a_column_names_what_it_counts() {
    ChartView chart = chart(counts("11:00", 1_432, 1), counts("12:00", 0, 0));
    assertThat(chart.columns())
        .extracting(ChartView.Column::text)
        .containsExactly("11:00: 1,432 delivered, 1 failed", "12:00: none");
  }

  @Test
  void legend_has_the_totals() {
    assertThat(chart(counts("11:00", 999, 0), counts("12:00", 1, 3)).series())
        .containsExactly(
            new Series("delivered", "d1", "1,000", false),
            new Series("failed", "dbad", "3", false));
  }

  @Test
  void chart_without_deliveries_keeps_its_axes() {
    ChartView quiet = chart(counts("11:00", 0, 0), counts("12:00", 0, 0));
    assertThat(quiet.isEmpty()).isTrue();
    assertThat(quiet.scale()).containsExactly("2", "1", "0");
    assertThat(quiet.columns()).hasSize(2).allMatch(column -> column.parts().isEmpty());
    assertThat(chart().isEmpty()).isTrue();
    assertThat(chart(counts("11:00", 0, 1)).isEmpty()).isFalse();
  }
}
