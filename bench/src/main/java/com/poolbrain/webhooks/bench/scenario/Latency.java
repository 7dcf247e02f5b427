package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.LatencyStats;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.List;

/// The time of deliveries at steady rates.
final class Latency extends BenchScenario {

  private static final int RUN_SECONDS = 20;

  Latency() {
    super("latency", "publishes on a fixed schedule; times count from the scheduled time");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    RoundRobinRequests requests = context.requests(context.createTarget());
    for (int rate : new int[] {500, 2_000, 5_000}) {
      var _ = context.runAtRate("%,d/s".formatted(rate), rate, RUN_SECONDS, requests);
    }
    LatencyStats at500 = context.runs().get(0).endToEndLatency();
    LatencyStats at2000 = context.runs().get(1).endToEndLatency();
    return List.of(
        TargetCheck.atMost("end to end at 500/s, p50", 2, "ms", at500.p50()),
        TargetCheck.atMost("end to end at 500/s, p99", 6, "ms", at500.p99()),
        TargetCheck.atMost("end to end at 2,000/s, p50", 3, "ms", at2000.p50()),
        TargetCheck.atMost("end to end at 2,000/s, p99", 15, "ms", at2000.p99()));
  }
}
