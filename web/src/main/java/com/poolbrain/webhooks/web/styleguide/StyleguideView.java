package com.poolbrain.webhooks.web.styleguide;

import com.poolbrain.webhooks.web.component.BarChart;
import com.poolbrain.webhooks.web.component.ChartView;
import com.poolbrain.webhooks.web.component.ChipView;
import com.poolbrain.webhooks.web.component.FieldView;
import com.poolbrain.webhooks.web.component.FormError;
import com.poolbrain.webhooks.web.component.PagerView;
import com.poolbrain.webhooks.web.component.QuestionView;
import com.poolbrain.webhooks.web.component.SparkView;
import com.poolbrain.webhooks.web.component.StatusView;
import com.poolbrain.webhooks.web.component.UrlView;
import com.poolbrain.webhooks.web.page.Times;
import com.poolbrain.webhooks.web.statistics.SampleStatistics;
import com.poolbrain.webhooks.web.statistics.StatisticsPanel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Invented data for all components.
record StyleguideView(
    Times times,
    Instant soon,
    Instant before,
    List<StatusView> statuses,
    List<StatusView> health,
    List<FieldView> fields,
    List<FormError> errors,
    UrlView url,
    SparkView spark,
    SparkView quietSpark,
    StatisticsPanel statistics,
    ChartView emptyChart,
    List<ChipView> chips,
    PagerView pager,
    QuestionView question,
    String hostile) {

  private static final Instant NOW = Instant.parse("2026-11-24T11:26:08Z");

  static StyleguideView sample() {
    return new StyleguideView(
        new Times(NOW, ZoneOffset.UTC),
        NOW.plusSeconds(178),
        NOW.minus(Duration.ofMinutes(84)),
        List.of(
            new StatusView("mute", "pending", "pending"),
            new StatusView("info", "delivering", "delivering"),
            new StatusView("ok", "delivered", "delivered"),
            new StatusView("warn", "retrying", "retrying"),
            new StatusView("bad", "failed", "permanently failed"),
            new StatusView("mute", "skipped", "skipped")),
        List.of(
            new StatusView("mute", "never", "Never delivered"),
            new StatusView("ok", "delivered", "Healthy"),
            new StatusView("warn", "degraded", "Degraded"),
            new StatusView("bad", "failed", "Failing since 10:02"),
            new StatusView("mute", "paused", "Paused")),
        List.of(
            FieldView.of("plain", "Endpoint URL", "https://hooks.example.com/poolbrain")
                .withHint("Where your server accepts POST requests."),
            FieldView.of("wrong", "Alert e-mails", "dana@").withError("Give an e-mail address."),
            FieldView.of("long", "Description", "").withType("textarea").asOptional()),
        List.of(new FormError("f-wrong", "Alert e-mails", "Give an e-mail address.")),
        UrlView.of(URI.create("https://hooks.routewise.example/v2/inbound/9f2c41/poolbrain")),
        SparkView.of(
            IntStream.range(0, 24)
                .mapToObj(i -> new SparkView.Hour(40 + i % 7 * 9, i > 20 ? 12 : 0, 0, 0))
                .toList()),
        SparkView.of(Collections.nCopies(24, new SparkView.Hour(0, 0, 0, 0))),
        SampleStatistics.panel(),
        BarChart.of(
            "quiet", "Deliveries of a quiet day", List.of(), List.of(), List.of("11:00", "11:00")),
        List.of(
            new ChipView("Status: retrying", "#"), new ChipView("Event: customer.created", "#")),
        new PagerView("Deliveries 1 to 50", null, "#"),
        new QuestionView(
            "Turn webhooks off?",
            List.of(
                "12 pending retries stop.",
                "New events are recorded as skipped and can be replayed for 30 days."),
            "Turn off",
            "Keep on",
            "#",
            "#"),
        "<script>alert(1)</script> \u202eedocpots " + "x".repeat(400));
  }
}
