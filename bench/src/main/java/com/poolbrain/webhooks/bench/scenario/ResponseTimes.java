package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.query.CallTimes;
import com.poolbrain.webhooks.bench.query.DeliverySamples;
import com.poolbrain.webhooks.bench.query.MonthOfDeliveries;
import com.poolbrain.webhooks.bench.query.PageCalls;
import com.poolbrain.webhooks.bench.query.QueryCalls;
import com.poolbrain.webhooks.bench.query.TimedCall;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ServiceUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Response times with a month of deliveries in the database, one call at a time.
final class ResponseTimes extends BenchScenario {

  private static final int COMPANIES = 100;
  private static final int WARM_UP_CALLS = 20;
  private static final int CALLS = 200;

  private final String subject;
  private final double maxP95Millis;
  private final BiFunction<ServiceUnderTest, DeliverySamples, List<TimedCall>> calls;

  private ResponseTimes(
      String name,
      String subject,
      double maxP95Millis,
      BiFunction<ServiceUnderTest, DeliverySamples, List<TimedCall>> calls) {
    super(name, subject + " with deliveries of 30 days in the database, one call at a time");
    this.subject = subject;
    this.maxP95Millis = maxP95Millis;
    this.calls = calls;
  }

  static ResponseTimes ofQueries() {
    return new ResponseTimes(
        "queries", "lists, look-ups and statistics of the API", 200, QueryCalls::of);
  }

  static ResponseTimes ofPages() {
    return new ResponseTimes("page", "HTML pages", 100, PageCalls::of);
  }

  @Override
  List<TargetCheck> run(BenchContext context) {
    int deliveries = context.options().deliveriesOr(1_000_000, 3_000);
    MonthOfDeliveries month =
        MonthOfDeliveries.create(
            context.environment(),
            context.options().fullOrQuick(COMPANIES, 2),
            deliveries,
            context::show);
    List<CallTimes> times = new ArrayList<>();
    for (TimedCall call : calls.apply(context.environment().service(), DeliverySamples.of(month))) {
      context.show(call.name());
      times.add(
          call.measure(
              context.options().fullOrQuick(WARM_UP_CALLS, 1),
              context.options().fullOrQuick(CALLS, 3)));
    }
    String heading = "%,d deliveries".formatted(deliveries);
    context.notes().addAll(CallTimes.table(heading, maxP95Millis, times));
    return List.of(CallTimes.checkSlowest(subject + ", " + heading, maxP95Millis, times));
  }
}
