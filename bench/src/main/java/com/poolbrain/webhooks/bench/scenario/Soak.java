package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Whether memory and latency stay flat.
final class Soak extends BenchScenario {

  private static final int MINUTES = 10;
  private static final int REQUESTS_PER_SECOND = 1_000;

  Soak() {
    super("soak", "1,000/s on a fixed schedule for ten minutes, one run per minute");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    RoundRobinRequests requests = context.requests(context.createTarget());
    for (int minute = 1; minute <= context.options().fullOrQuick(MINUTES, 2); minute++) {
      var _ = context.runAtRate("minute " + minute, REQUESTS_PER_SECOND, 60, requests);
    }
    List<RunResult> minutes = context.runs();
    return List.of(
        TargetCheck.atMost(
            "soak: p99 of the second half to that of the first",
            1.5,
            "times",
            secondToFirstHalf(minutes, run -> run.endToEndLatency().p99())),
        TargetCheck.atMost(
            "soak: memory of the second half to that of the first",
            1.2,
            "times",
            secondToFirstHalf(minutes, run -> run.cost().maxRssBytes())));
  }

  private static double secondToFirstHalf(List<RunResult> runs, ToDoubleFunction<RunResult> value) {
    int half = runs.size() / 2;
    return TargetCheck.median(runs.subList(half, runs.size()), value)
        / TargetCheck.median(runs.subList(0, half), value);
  }
}
