package com.poolbrain.webhooks.web.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics;
import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.web.component.ChartView;
import com.poolbrain.webhooks.web.component.ChartView.Column;
import com.poolbrain.webhooks.web.component.FigureView;
import com.poolbrain.webhooks.web.component.MeterView;
import com.poolbrain.webhooks.web.component.NumbersView;
import com.poolbrain.webhooks.web.page.PagePaths;
import com.poolbrain.webhooks.web.page.Times;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsChartsTest {

  private static final UUID ENDPOINT = UUID.fromString("01957b0c-0000-7000-8000-0000009d21f7");
  private static final Instant NOW = Instant.parse("2026-11-24T11:26:08Z");
  private static final String LOG = "/companies/40/webhooks/deliveries?endpoint_id=" + ENDPOINT;
  private static final String DAY = "&from=2026-11-23T12:00:00Z&to=2026-11-24T11:59:59.999Z";

  private static StatisticsPanel.Shown panel(DeliveryStatistics statistics) {
    return new StatisticsCharts(
            statistics,
            new LogLinks(new PagePaths("", 40), ENDPOINT),
            new Times(NOW, ZoneOffset.UTC))
        .toPanel();
  }

  private static StatisticsPanel.Shown sample() {
    return panel(SampleStatistics.statistics());
  }

  @Test
  void figures_are_the_sums() {
    assertThat(sample().figures())
        .containsExactly(
            new FigureView("Delivered", "1,432", "99.3 % of 1,442", null),
            new FigureView("Failed attempts", "54", "3.6 % of 1,486", null),
            new FigureView("Items", "4,296", "in grouped and single events", null),
            new FigureView("Median response", "85 ms", "95 % within 240 ms", null));
  }

  @Test
  void bars_and_table_have_the_numbers_and_the_log_of_each_hour() {
    ChartView outcomes = sample().charts().getFirst();
    Column bar = outcomes.columns().get(17);
    String log = LOG + "&from=2026-11-24T05:00:00Z&to=2026-11-24T05:59:59.999Z";
    assertThat(bar.text()).isEqualTo("05:00 to 06:00: 90 first attempt, 7 after retry");
    assertThat(bar.href()).isEqualTo(log);
    assertThat(outcomes.series())
        .extracting(ChartView.Series::total)
        .containsExactly("1,418", "14", "10", "9");
    NumbersView.Row row = sample().numbers().rows().get(17);
    assertThat(row.label()).isEqualTo("05:00 to 06:00");
    assertThat(row.href()).isEqualTo(log);
    assertThat(row.values()).startsWith("90", "7", "0", "0", "7", "291");
    assertThat(sample().numbers().rows()).hasSameSizeAs(outcomes.columns());
    assertThat(sample().numbers().heads()).hasSameSizeAs(row.values());
  }

  @Test
  void answers_are_ordered_by_count_and_lead_to_the_log() {
    assertThat(sample().answers())
        .extracting(MeterView::name, MeterView::detail, MeterView::number, MeterView::share)
        .startsWith(
            tuple("204", "", "1,400", "94.2 %"), tuple("503", "server_error", "49", "3.3 %"));
    assertThat(sample().answers().get(1).href()).isEqualTo(LOG + "&result=503" + DAY);
    assertThat(sample().answers().getLast().href())
        .isEqualTo(LOG + "&result=response_timeout" + DAY);
  }

  @Test
  void events_lead_to_the_log_of_the_event() {
    assertThat(sample().events())
        .extracting(MeterView::name)
        .containsExactly(
            "customer.status.updated",
            "job.one_time.created",
            "customer.created",
            "job.one_time.deleted");
    assertThat(sample().events().getFirst().href())
        .isEqualTo(LOG + "&event=customer.status.updated" + DAY);
  }

  @Test
  void code_that_the_log_can_not_be_filtered_by_has_no_link() {
    DeliveryStatistics sample = SampleStatistics.statistics();
    var odd =
        new DeliveryStatistics(
            StatisticsWindow.DAY,
            sample.from(),
            sample.to(),
            sample.buckets(),
            Map.of("799", 1L),
            Map.of(),
            sample.responseTimes());
    assertThat(panel(odd).answers())
        .containsExactly(
            new MeterView("799", "invalid_response", null, 1, 1, "1", "100 %", "bar--warn"));
    assertThat(panel(odd).events()).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 0 %",
    "5, 5, 100 %",
    "1, 3, 33.3 %",
    "9999, 10000, 99.9 %",
    "1, 100000, 0.1 %"
  })
  void share_is_all_or_nothing_only_if_it_is(long part, long whole, String share) {
    assertThat(StatisticsCharts.share(part, whole)).isEqualTo(share);
  }
}
