package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.List;

/// The effect of a company that publishes very many events at once on another company.
final class NoisyNeighbour extends BenchScenario {

  private static final int RUN_SECONDS = 20;
  private static final int PAIR_COUNT = 5;
  private static final int WARM_UP_FLOODS = 3;
  private static final int BATCH_SIZE = 100;
  private static final LoadProfile FLOOD = LoadProfile.closedLoop("flood", 8, 60);

  NoisyNeighbour() {
    super(
        "neighbour",
        "one company's steady 500/s, without and while another publishes very many events at once");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    RoundRobinRequests steady = context.requests(context.createTarget());
    long noisyCompany = context.createCompany("/uncounted");
    PublishTarget target =
        context
            .apiSetup()
            .newTarget(noisyCompany, BenchContext.EVENT_TYPE)
            .withBatchSize(BATCH_SIZE);
    int events = context.options().fullOrQuick(100_000, 1_000);
    context.warmUp();
    context.show("floods, so that the JVM compiles their code");
    for (int i = 0; i < context.options().fullOrQuick(WARM_UP_FLOODS, 1); i++) {
      flood(context, target, events, noisyCompany);
    }
    PairedRuns pairs =
        PairedRuns.measure(
            name -> context.runSteady(name, RUN_SECONDS, steady),
            "",
            context.options().fullOrQuick(PAIR_COUNT, 1),
            () -> flood(context, target, events, noisyCompany));
    return List.of(pairs.p99Check("another company publishes %,d at once".formatted(events)));
  }

  /// Returns when everything has been delivered.
  private static void flood(BenchContext context, PublishTarget target, int events, long company)
      throws InterruptedException {
    context.publishUncounted(FLOOD, target, events);
    context.awaitNoOpenDeliveries("company_id = " + company);
  }
}
