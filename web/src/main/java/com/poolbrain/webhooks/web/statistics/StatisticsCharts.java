package com.poolbrain.webhooks.web.statistics;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.statistics.DeliveryCounts;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics.Bucket;
import com.poolbrain.webhooks.domain.statistics.ResponseTimes;
import com.poolbrain.webhooks.web.component.BarChart;
import com.poolbrain.webhooks.web.component.ChartView;
import com.poolbrain.webhooks.web.component.ChartView.Kind;
import com.poolbrain.webhooks.web.component.ChartView.Time;
import com.poolbrain.webhooks.web.component.FigureView;
import com.poolbrain.webhooks.web.component.LineChart;
import com.poolbrain.webhooks.web.component.MeterView;
import com.poolbrain.webhooks.web.component.NumbersView;
import com.poolbrain.webhooks.web.page.Numbers;
import com.poolbrain.webhooks.web.page.Times;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes figures, charts, meters and the table from statistics.
final class StatisticsCharts {

  private static final double MEDIAN = 0.5;
  private static final double P95 = 0.95;

  private static final List<Kind> OUTCOMES =
      List.of(
          new Kind("first attempt", "d1"),
          new Kind("after retry", "dwarn"),
          new Kind("permanently failed", "dbad"),
          new Kind("skipped", "drest"));
  private static final List<Kind> PERCENTILES =
      List.of(new Kind("p50", "l1"), new Kind("p95", "l2"));

  private final DeliveryStatistics statistics;
  private final LogLinks log;
  private final BucketLabels labels;

  StatisticsCharts(DeliveryStatistics statistics, LogLinks log, Times times) {
    this.statistics = statistics;
    this.log = log;
    this.labels = new BucketLabels(statistics.window(), times);
  }

  StatisticsPanel.Shown toPanel() {
    return new StatisticsPanel.Shown(
        figures(), List.of(outcomes(), responseTimes()), answers(), events(), numbers());
  }

  private List<FigureView> figures() {
    long delivered = sum(DeliveryCounts::delivered);
    long ended = delivered + sum(DeliveryCounts::permanentlyFailed);
    long failedAttempts = sum(DeliveryCounts::failedAttempts);
    long attempts = sum(statistics.byResult());
    ResponseTimes times = statistics.responseTimes();
    return List.of(
        new FigureView("Delivered", Numbers.format(delivered), part(delivered, ended), null),
        new FigureView(
            "Failed attempts",
            Numbers.format(failedAttempts),
            part(failedAttempts, attempts),
            null),
        new FigureView(
            "Items",
            Numbers.format(sum(DeliveryCounts::items)),
            "in grouped and single events",
            null),
        new FigureView(
            "Median response",
            duration(percentile(times, MEDIAN)),
            percentile(times, P95).isEmpty()
                ? "no responses"
                : "95 % within " + duration(percentile(times, P95)),
            null));
  }

  private static String part(long part, long whole) {
    return whole == 0 ? "" : share(part, whole) + " of " + Numbers.format(whole);
  }

  /// A percentage that is 100 or 0 only if it is exactly that.
  static String share(long part, long whole) {
    if (part == 0 || part == whole) {
      return part == 0 ? "0 %" : "100 %";
    }
    double percent = Math.clamp(100.0 * part / whole, 0.1, 99.9);
    return String.format(Locale.ENGLISH, "%.1f %%", percent);
  }

  private ChartView outcomes() {
    List<BarChart.Counts> counts =
        statistics.buckets().stream()
            .map(bucket -> new BarChart.Counts(time(bucket), outcomes(bucket.counts())))
            .toList();
    return BarChart.of("outcomes", "Deliveries", OUTCOMES, counts, labels.axis(statistics.from()));
  }

  private static List<Long> outcomes(DeliveryCounts counts) {
    return List.of(
        counts.delivered() - counts.afterRetry(),
        counts.afterRetry(),
        counts.permanentlyFailed(),
        counts.skipped());
  }

  private ChartView responseTimes() {
    List<LineChart.Durations> durations =
        statistics.buckets().stream()
            .map(bucket ->
                new LineChart.Durations(time(bucket), percentiles(bucket.responseTimes())))
            .toList();
    return LineChart.of(
        "response-time",
        "Response time",
        PERCENTILES,
        percentiles(statistics.responseTimes()),
        durations,
        millis -> duration(OptionalDouble.of(millis)),
        labels.axis(statistics.from()));
  }

  private static List<OptionalDouble> percentiles(ResponseTimes times) {
    return List.of(percentile(times, MEDIAN), percentile(times, P95));
  }

  private static OptionalDouble percentile(ResponseTimes times, double part) {
    Double millis = times.percentileMillis(part);
    return millis == null ? OptionalDouble.empty() : OptionalDouble.of(millis);
  }

  private static String duration(OptionalDouble millis) {
    return millis.isEmpty() ? "–" : Times.duration(Math.round(millis.getAsDouble()));
  }

  private Time time(Bucket bucket) {
    return new Time(labels.of(bucket.start()), logOf(bucket));
  }

  private String logOf(Bucket bucket) {
    return log.of(bucket.start(), bucket.start().plus(statistics.window().bucketLength()));
  }

  private List<MeterView> answers() {
    long attempts = sum(statistics.byResult());
    return largestFirst(statistics.byResult())
        .map(entry -> {
          String result = entry.getKey();
          boolean isCode = Character.isDigit(result.charAt(0));
          boolean isSuccess = isCode && result.charAt(0) == '2';
          return meter(
              entry,
              isCode && !isSuccess
                  ? ErrorClass.fromStatusCode(Integer.parseInt(result)).wireName()
                  : "",
              log.ofResult(result, statistics.from(), statistics.to()),
              attempts,
              isSuccess ? "" : "bar--warn");
        })
        .toList();
  }

  private List<MeterView> events() {
    long deliveries = sum(statistics.byEvent());
    return largestFirst(statistics.byEvent())
        .map(entry ->
            meter(
                entry,
                "",
                log.ofEvent(entry.getKey(), statistics.from(), statistics.to()),
                deliveries,
                ""))
        .toList();
  }

  private static MeterView meter(
      Map.Entry<String, Long> entry,
      String detail,
      @Nullable String href,
      long whole,
      String style) {
    long count = entry.getValue();
    return new MeterView(
        entry.getKey(),
        detail,
        href,
        count,
        whole,
        Numbers.format(count),
        share(count, whole),
        style);
  }

  /// Entries that count something. A count is negative for a moment if its change is written before
  /// it is.
  private static Stream<Map.Entry<String, Long>> largestFirst(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
  }

  private NumbersView numbers() {
    List<NumbersView.Row> rows =
        statistics.buckets().stream()
            .map(bucket ->
                new NumbersView.Row(labels.of(bucket.start()), logOf(bucket), numbers(bucket)))
            .toList();
    return new NumbersView(
        "Deliveries by time",
        List.of(
            "First attempt",
            "After retry",
            "Permanently failed",
            "Skipped",
            "Failed attempts",
            "Items",
            "p50",
            "p95"),
        rows);
  }

  private static List<String> numbers(Bucket bucket) {
    DeliveryCounts counts = bucket.counts();
    return Stream.concat(
            Stream.concat(
                    outcomes(counts).stream(), Stream.of(counts.failedAttempts(), counts.items()))
                .map(Numbers::format),
            percentiles(bucket.responseTimes()).stream().map(StatisticsCharts::duration))
        .toList();
  }

  private long sum(ToLongFunction<DeliveryCounts> count) {
    return statistics.buckets().stream()
        .mapToLong(bucket -> count.applyAsLong(bucket.counts()))
        .sum();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
