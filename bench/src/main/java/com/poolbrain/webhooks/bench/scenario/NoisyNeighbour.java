package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What a company that publishes very much at once does to another.
final class NoisyNeighbour implements Scenario {

  private static final int REQUESTS_PER_SECOND = 500;
  private static final int RUN_SECONDS = 20;
  private static final int PAIR_COUNT = 5;
  private static final int WARM_UP_FLOODS = 3;
  private static final int FLOOD_SECONDS = 6;
  private static final int BATCH_SIZE = 100;

  @Override
  public String name() {
    return "neighbour";
  }

  @Override
  public String description() {
    return "one company's steady 500/s, without and while another publishes very many events at once";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    return PAIR_COUNT * (2 * runOptions.secondsOr(RUN_SECONDS) + 5)
        + WARM_UP_FLOODS * FLOOD_SECONDS;
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    PublishTarget steadyTarget = benchContext.createCompanyTarget();
    long noisyCompany = benchContext.reserveCompanyIds(1);
    ApiSetup apiSetup = benchContext.apiSetup();
    apiSetup.createCompany(noisyCompany);
    apiSetup.createEndpoint(
        noisyCompany,
        "customer.created",
        benchContext.benchEnvironment().receiver().url("localhost", "/uncounted"));
    PublishTarget floodTarget = apiSetup.newTarget(noisyCompany, "customer.created");
    warmUpFlood(benchContext, floodTarget, noisyCompany);
    List<RunResult> withFlood = new ArrayList<>();
    List<RunResult> withoutFlood = new ArrayList<>();
    for (int pair = 1; pair <= benchContext.runOptions().fullOrQuick(PAIR_COUNT, 1); pair++) {
      withoutFlood.add(run(benchContext, "without " + pair, steadyTarget));
      Thread floodThread = Thread.ofPlatform().start(() -> publishFlood(benchContext, floodTarget));
      withFlood.add(run(benchContext, "with " + pair, steadyTarget));
      floodThread.join();
      awaitNoOpenDeliveries(benchContext, noisyCompany);
    }
    List<RunResult> runs = new ArrayList<>(withoutFlood);
    runs.addAll(withFlood);
    return new ScenarioResult(
        name(),
        description(),
        runs,
        List.of(
            TargetCheck.atMost(
                String.format(
                    Locale.ROOT,
                    "another company publishes %,d at once: p99, with to without",
                    benchContext.runOptions().fullOrQuick(100_000, 1_000)),
                1.5,
                "times",
                TargetChecks.medianRatio(
                    withFlood, withoutFlood, run -> run.endToEndLatency().p99())),
            TargetChecks.maxMemory(name(), runs)));
  }

  /// So that what a flood runs is compiled before one is measured.
  private static void warmUpFlood(
      BenchContext benchContext, PublishTarget floodTarget, long noisyCompany)
      throws IOException, InterruptedException, SQLException {
    benchContext.warmUp();
    benchContext.announce("rehearsing what the other company does");
    for (int i = 0; i < benchContext.runOptions().fullOrQuick(WARM_UP_FLOODS, 1); i++) {
      publishFlood(benchContext, floodTarget);
      awaitNoOpenDeliveries(benchContext, noisyCompany);
    }
  }

  private static RunResult run(BenchContext benchContext, String name, PublishTarget steadyTarget)
      throws IOException, InterruptedException, SQLException {
    LoadProfile loadProfile =
        new LoadProfile(
            name,
            benchContext.runOptions().connectionsOr(64),
            REQUESTS_PER_SECOND,
            benchContext.runOptions().secondsOr(RUN_SECONDS));
    return benchContext.run(loadProfile, benchContext.singleEventRequests(steadyTarget), 1);
  }

  private static void publishFlood(BenchContext benchContext, PublishTarget publishTarget) {
    int eventCount = benchContext.runOptions().fullOrQuick(100_000, 1_000);
    RoundRobinRequests requests =
        new RoundRobinRequests(
            List.of(benchContext.requestTemplate(publishTarget.withBatchSize(BATCH_SIZE))), 0);
    try (LoadGenerator loadGenerator =
        new LoadGenerator(
            benchContext.benchEnvironment().benchEventLoop(), publishTarget.publishUrl(), 8)) {
      RunCounters runCounters =
          new RunCounters(
              benchContext.benchEnvironment().eventMarkers().reserve(eventCount), eventCount, 1);
      loadGenerator.runClosedLoop(requests, runCounters, TimeUnit.SECONDS.toNanos(60));
    } catch (IOException e) {
      throw new IllegalStateException("the loud company can't publish", e);
    }
  }

  private static void awaitNoOpenDeliveries(BenchContext benchContext, long company)
      throws SQLException, InterruptedException {
    String openCountSql = "select count(*) from open_delivery where company_id = " + company;
    for (int i = 0;
        i < 600 && benchContext.benchEnvironment().postgres().queryNumber(openCountSql) > 0;
        i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
