package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Whether memory and latency stay flat.
final class Soak implements Scenario {

  private static final int MINUTES = 10;
  private static final int REQUESTS_PER_SECOND = 1_000;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String description() {
    return "1,000/s on a fixed schedule for ten minutes, each measured for itself";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    return MINUTES * runOptions.secondsOr(60);
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    PublishTarget publishTarget = benchContext.createCompanyTarget();
    List<RunResult> minutes = new ArrayList<>();
    for (int minute = 1; minute <= benchContext.runOptions().fullOrQuick(MINUTES, 2); minute++) {
      LoadProfile loadProfile =
          new LoadProfile(
              "minute " + minute,
              benchContext.runOptions().connectionsOr(64),
              REQUESTS_PER_SECOND,
              benchContext.runOptions().secondsOr(60));
      minutes.add(
          benchContext.run(loadProfile, benchContext.singleEventRequests(publishTarget), 1));
    }
    return new ScenarioResult(
        name(),
        description(),
        minutes,
        List.of(
            TargetCheck.atMost(
                "soak: p99 of the second half to that of the first",
                1.5,
                "times",
                secondToFirstHalf(minutes, run -> run.endToEndLatency().p99())),
            TargetCheck.atMost(
                "soak: memory of the second half to that of the first",
                1.2,
                "times",
                secondToFirstHalf(minutes, TargetChecks::rssMegabytes)),
            TargetChecks.maxMemory(name(), minutes)));
  }

  private static double secondToFirstHalf(
      List<RunResult> runs, ToDoubleFunction<RunResult> figure) {
    List<Double> values = runs.stream().map(figure::applyAsDouble).toList();
    int half = values.size() / 2;
    return TargetChecks.median(values.subList(half, values.size()))
        / TargetChecks.median(values.subList(0, half));
  }
}
