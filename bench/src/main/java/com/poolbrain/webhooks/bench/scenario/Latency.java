package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long deliveries take at steady rates.
final class Latency implements Scenario {

  private static final int RUN_SECONDS = 20;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String description() {
    return "publishes on a fixed schedule; times count from the scheduled moment";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    return 3 * runOptions.secondsOr(RUN_SECONDS);
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    PublishTarget publishTarget = benchContext.createCompanyTarget();
    int seconds = benchContext.runOptions().secondsOr(RUN_SECONDS);
    List<RunResult> runs = new ArrayList<>();
    for (int rate : List.of(500, 2_000, 5_000)) {
      String name = String.format(Locale.ROOT, "%,d/s", rate);
      runs.add(
          benchContext.run(
              new LoadProfile(name, benchContext.runOptions().connectionsOr(64), rate, seconds),
              benchContext.singleEventRequests(publishTarget),
              1));
    }
    return new ScenarioResult(
        name(),
        description(),
        runs,
        List.of(
            TargetCheck.atMost(
                "end to end at 500/s, p50", 2, "ms", runs.get(0).endToEndLatency().p50()),
            TargetCheck.atMost(
                "end to end at 500/s, p99", 6, "ms", runs.get(0).endToEndLatency().p99()),
            TargetCheck.atMost(
                "end to end at 2,000/s, p50", 3, "ms", runs.get(1).endToEndLatency().p50()),
            TargetCheck.atMost(
                "end to end at 2,000/s, p99", 15, "ms", runs.get(1).endToEndLatency().p99()),
            TargetChecks.maxMemory(name(), runs)));
  }
}
