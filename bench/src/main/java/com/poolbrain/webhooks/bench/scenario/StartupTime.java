package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ServiceUnderTest;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How long the service takes to start.
final class StartupTime implements Scenario {

  private static final int START_COUNT = 5;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String description() {
    return "the service is started five times on a database that is there";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    return START_COUNT * 4;
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    PublishTarget publishTarget = benchContext.createCompanyTarget();
    List<Double> readySeconds = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int i = 1; i <= benchContext.runOptions().fullOrQuick(START_COUNT, 1); i++) {
      benchContext.announce("start " + i);
      ServiceUnderTest service = benchContext.benchEnvironment().restartService();
      readySeconds.add(service.startupMillis() / 1e3);
      double firstDeliveryMillis = measureFirstDeliveryMillis(benchContext, publishTarget);
      notes.add(
          String.format(
              Locale.ROOT,
              "start %d: ready after %,d ms, the first delivery %,.0f ms later",
              i,
              service.startupMillis(),
              firstDeliveryMillis));
    }
    return new ScenarioResult(
        name(),
        description(),
        List.of(),
        List.of(
            TargetCheck.atMost(
                "process start to ready, median of " + readySeconds.size(),
                1.5,
                "s",
                TargetChecks.median(readySeconds))),
        notes,
        null);
  }

  /// Milliseconds from publishing to receiving.
  private static double measureFirstDeliveryMillis(
      BenchContext benchContext, PublishTarget publishTarget)
      throws IOException, InterruptedException {
    URI url = benchContext.benchEnvironment().service().url("/api/v1/events");
    RunCounters runCounters =
        new RunCounters(benchContext.benchEnvironment().eventMarkers().reserve(1), 1, 1);
    benchContext.benchEnvironment().countInto(runCounters);
    RoundRobinRequests requests =
        benchContext.singleEventRequests(
            new PublishTarget(
                url,
                benchContext.benchEnvironment().service().authHeaders(),
                publishTarget.body()));
    try (LoadGenerator loadGenerator =
        new LoadGenerator(benchContext.benchEnvironment().benchEventLoop(), url, 1)) {
      loadGenerator.runClosedLoop(requests, runCounters, TimeUnit.SECONDS.toNanos(10));
    }
    BenchContext.awaitDeliveries(runCounters);
    if (runCounters.received() == 0) {
      throw new IOException("The first event after a start was not delivered.");
    }
    return runCounters.endToEndLatencyMicros().getMaxValue() / 1e3;
  }
}
