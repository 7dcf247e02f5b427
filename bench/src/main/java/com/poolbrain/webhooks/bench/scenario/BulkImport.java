package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.query.PageSessions;
import com.poolbrain.webhooks.bench.query.TimedCall;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// The effect of an import on the publishes and the pages of another company.
final class BulkImport extends BenchScenario {

  private static final int RUN_SECONDS = 10;
  private static final int PAIR_COUNT = 5;
  private static final int ROWS = 50_000;
  private static final int ROWS_PER_REQUEST = 10_000;
  private static final long PAGE_PAUSE_MILLIS = 40;
  private static final LoadProfile IMPORT = LoadProfile.closedLoop("import", 1, 60);

  BulkImport() {
    super(
        "import",
        "one company's steady 500/s and its page of deliveries, without and while another imports"
            + " 50,000 rows in five requests");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    long company = context.createCompany("/ok/0");
    RoundRobinRequests steady =
        context.requests(context.apiSetup().newTarget(company, BenchContext.EVENT_TYPE));
    long importer = context.createCompany("/uncounted");
    PublishTarget rows = rows(context.apiSetup(), importer, ROWS_PER_REQUEST);
    TimedCall page = deliveriesPage(context, company);
    context.warmUp();
    context.show("an import, so that the JVM compiles its code");
    importRows(context, rows, importer);
    List<Double> pageP95 = new ArrayList<>();
    PairedRuns pairs =
        PairedRuns.measure(
            name -> runWithPage(context, name, steady, page, pageP95),
            "",
            context.options().fullOrQuick(PAIR_COUNT, 1),
            () -> importRows(context, rows, importer));
    String subject = "another company imports %,d rows".formatted(ROWS);
    return List.of(
        pairs.p99Check(subject),
        TargetCheck.atMost(
            subject + ": p95 of the page of deliveries, with to without",
            1.5,
            "times",
            TargetCheck.medianRatio(everySecond(pageP95, 0), everySecond(pageP95, 1))));
  }

  private static TimedCall deliveriesPage(BenchContext context, long company) {
    PageSessions sessions = new PageSessions(context.environment().service());
    sessions.open(company);
    return new TimedCall(
        "deliveries",
        () ->
            new TimedCall.Request(
                "/deliveries", () -> sessions.get(company, "/deliveries"), "<h1"));
  }

  /// A run while the page is called 20 times per second or less.
  private static RunResult runWithPage(
      BenchContext context,
      String name,
      RoundRobinRequests steady,
      TimedCall page,
      List<Double> pageP95)
      throws InterruptedException {
    Histogram micros = new Histogram(3);
    RunResult run;
    try (var _ = new Repeated(PAGE_PAUSE_MILLIS, () -> micros.recordValue(page.micros()))) {
      run = context.runSteady(name, RUN_SECONDS, steady);
    }
    double p95Millis = micros.getValueAtPercentile(95) / 1e3;
    pageP95.add(p95Millis);
    context
        .notes()
        .add(
            "%s: page called %d times, p95 %.1f ms"
                .formatted(name, micros.getTotalCount(), p95Millis));
    return run;
  }

  private static List<Double> everySecond(List<Double> values, int first) {
    return IntStream.range(0, values.size())
        .filter(i -> i % 2 == first)
        .mapToObj(values::get)
        .toList();
  }

  private static void importRows(BenchContext context, PublishTarget rows, long importer)
      throws InterruptedException {
    context.publishUncounted(IMPORT, rows, ROWS / ROWS_PER_REQUEST);
    context.awaitNoOpenDeliveries("company_id = " + importer);
  }

  /// A target that publishes one event with this many items.
  private static PublishTarget rows(ApiSetup apiSetup, long company, int count) {
    String items =
        IntStream.range(1, count)
            .mapToObj("{\"customerId\":%1$d,\"displayName\":\"Customer %1$d\"},"::formatted)
            .collect(Collectors.joining());
    String last = "{\"customerId\":%d,\"displayName\":\"{{ID}}\"}".formatted(count);
    return apiSetup.newTarget(company, BenchContext.EVENT_TYPE, "[" + items + last + "]");
  }
}
