package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ServiceUnderTest;
import java.util.ArrayList;
import java.util.List;

/// The time from starting the service until it is ready.
final class StartupTime extends BenchScenario {

  private static final int START_COUNT = 5;
  private static final int DELIVERY_TIMEOUT_SECONDS = 60;

  StartupTime() {
    super("start", "the service is started five times on an existing database");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    long company = context.createCompany("/ok/0");
    List<Double> readySeconds = new ArrayList<>();
    for (int i = 1; i <= context.options().fullOrQuick(START_COUNT, 1); i++) {
      context.show("start " + i);
      ServiceUnderTest service = context.environment().restartService();
      readySeconds.add(service.startupMillis() / 1e3);
      context
          .notes()
          .add(
              "start %d: ready after %,d ms, first delivery %,.0f ms later"
                  .formatted(i, service.startupMillis(), firstDeliveryMillis(context, company)));
    }
    return List.of(
        TargetCheck.atMost(
            "process start to ready, median of " + readySeconds.size(),
            1.5,
            "s",
            TargetCheck.median(readySeconds)));
  }

  private static double firstDeliveryMillis(BenchContext context, long company)
      throws InterruptedException {
    RunCounters counters =
        context
            .measurement()
            .publishOne(
                context.environment().service().publishUrl(),
                context.requests(context.apiSetup().newTarget(company, BenchContext.EVENT_TYPE)),
                DELIVERY_TIMEOUT_SECONDS);
    if (counters.counts().received() == 0) {
      throw new IllegalStateException("The first event after a start was not delivered.");
    }
    return counters.endToEndLatencyMicros().getMaxValue() / 1e3;
  }
}
